package org.medtransformers.contracts.error;

/**
 * A failure with a code. The message names the input, what was found and what is allowed. A failure
 * that is {@link #retriable()} may pass by itself; all others need a change by a person.
 */
public final class MedtransException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final boolean retriable;

  private MedtransException(ErrorCode code, String message, boolean retriable, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retriable = retriable;
  }

  public static MedtransException of(ErrorCode code, String message) {
    return new MedtransException(code, message, false, null);
  }

  public static MedtransException of(ErrorCode code, String message, Throwable cause) {
    return new MedtransException(code, message, false, cause);
  }

  /** A failure after which the same thing may be tried again. */
  public static MedtransException retriable(ErrorCode code, String message, Throwable cause) {
    return new MedtransException(code, message, true, cause);
  }

  public ErrorCode code() {
    return code;
  }

  public boolean retriable() {
    return retriable;
  }

  public ErrorInfo info() {
    return new ErrorInfo(code, getMessage());
  }

  /** The information that {@code e} carries, or {@link ErrorCode#INTERNAL} with its text. */
  public static ErrorInfo describe(Throwable e) {
    if (e instanceof MedtransException known) {
      return known.info();
    }
    return new ErrorInfo(ErrorCode.INTERNAL, e.toString());
  }
}
