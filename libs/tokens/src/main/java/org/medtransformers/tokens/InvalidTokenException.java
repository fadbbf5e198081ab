package org.medtransformers.tokens;

/** A token that shows nothing: another's, an old one, or none. */
public final class InvalidTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidTokenException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
