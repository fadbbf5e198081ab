package org.medtransformers.gateway.access;

/**
 * Somebody has shown a token, or a link to sign in by, that is none or none any more.
 *
 * @param remote their address
 */
public record RefusedToken(String remote) {}
