package org.medtransformers.contracts.access;

import java.time.Instant;

/**
 * {@code POST /api/v1/sign-in-links}: signs a browser in as whoever asked for it.
 *
 * @param path to open on the gateway, once
 * @param expires when it is of no use any more, though nobody has used it
 */
public record SignInLink(String path, Instant expires) {}
