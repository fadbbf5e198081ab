package org.medtransformers.gateway.access;

/**
 * Somebody has shown a token that is none, or none any more.
 *
 * @param remote their address
 */
public record RefusedToken(String remote) {}
