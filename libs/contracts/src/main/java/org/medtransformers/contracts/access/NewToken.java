package org.medtransformers.contracts.access;

/**
 * {@code POST /api/v1/tokens}: a token that has just been made.
 *
 * @param token what the program sends; it is told this once, and kept nowhere
 */
public record NewToken(TokenView view, String token) {}
