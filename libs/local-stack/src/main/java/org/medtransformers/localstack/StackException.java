package org.medtransformers.localstack;

/** The local stack cannot do what was asked; the message is for the person at the keyboard. */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StackException(String message) {
    super(message);
  }

  StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
