package org.medtransformers.contracts.error;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A failure with a code. The message names the input, what was found and what is allowed. Whether
 * it may pass by itself follows from the code.
 */
public final class MedtransException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<ErrorInfo> errors;

  private MedtransException(List<ErrorInfo> errors, Throwable cause) {
    super(errors.stream().map(ErrorInfo::message).collect(Collectors.joining("\n")), cause);
    this.errors = List.copyOf(errors);
  }

  public static MedtransException of(ErrorCode code, String message) {
    return new MedtransException(List.of(new ErrorInfo(code, message)), null);
  }

  public static MedtransException of(ErrorCode code, String message, Throwable cause) {
    return new MedtransException(List.of(new ErrorInfo(code, message)), cause);
  }

  /** Several mistakes found in one go; the first one's code counts. {@code errors} is not empty. */
  public static MedtransException of(List<ErrorInfo> errors) {
    return new MedtransException(errors, null);
  }

  public ErrorCode code() {
    return errors.get(0).code();
  }

  /** Every mistake that was found; at least one. */
  public List<ErrorInfo> errors() {
    return errors;
  }

  /** Whether the same thing may be tried again. */
  public boolean retriable() {
    return code().origin() == ErrorCode.Origin.PASSING;
  }

  public ErrorInfo info() {
    return new ErrorInfo(code(), getMessage());
  }

  /** The information that {@code e} carries, or {@link ErrorCode#INTERNAL} with its text. */
  public static ErrorInfo describe(Throwable e) {
    if (e instanceof MedtransException known) {
      return known.info();
    }
    return new ErrorInfo(ErrorCode.INTERNAL, e.toString());
  }
}
