package org.medtransformers.contracts.error;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Arrays;
import java.util.Optional;

/** Why something failed: the same code in problem details, events, metric labels and tables. */
public enum ErrorCode {
  /** The experiment file or request body breaks a rule; change it. */
  INVALID_REQUEST(400, Origin.REQUEST),
  /** Asks for something that is not built yet. */
  NOT_BUILT_YET(422, Origin.REQUEST),
  /** Nobody has said who asks, or nobody knows the token or the cookie that did. */
  NOT_SIGNED_IN(401, Origin.REQUEST),
  /** Who asks may not do this. */
  NOT_PERMITTED(403, Origin.REQUEST),
  /** A path lies outside the configured roots. */
  PATH_NOT_ALLOWED(403, Origin.REQUEST),
  NOT_FOUND(404, Origin.REQUEST),
  /** The state does not allow it now. */
  CONFLICT(409, Origin.CIRCUMSTANCES),
  /** A label file or folder is missing or malformed. */
  DATASET_INVALID(422, Origin.CIRCUMSTANCES),
  /** A file of a data set is neither at hand nor to be had. */
  DATASET_UNAVAILABLE(503, Origin.CIRCUMSTANCES),
  /** An image is missing, damaged or not an image. */
  IMAGE_UNREADABLE(422, Origin.CIRCUMSTANCES),
  /** An image takes more memory than the process has for one; give it more, or a smaller image. */
  IMAGE_TOO_LARGE(422, Origin.CIRCUMSTANCES),
  /** A label lies outside the classes. */
  LABEL_OUT_OF_RANGE(422, Origin.CIRCUMSTANCES),
  /** Loss became NaN or infinite. */
  TRAINING_DIVERGED(500, Origin.CIRCUMSTANCES),
  /** A checkpoint is missing or damaged. */
  CHECKPOINT_UNREADABLE(500, Origin.CIRCUMSTANCES),
  /** A checkpoint belongs to another network or another kind of data set. */
  CHECKPOINT_INCOMPATIBLE(422, Origin.CIRCUMSTANCES),
  /** A weight file is damaged, is none, or asks for more than tensors. */
  WEIGHTS_UNREADABLE(422, Origin.CIRCUMSTANCES),
  /** A weight file belongs to another network. */
  WEIGHTS_INCOMPATIBLE(422, Origin.CIRCUMSTANCES),
  /** Published weights are neither at hand nor to be had. */
  WEIGHTS_UNAVAILABLE(503, Origin.CIRCUMSTANCES),
  /** No space left on the device that holds the artifacts. */
  DISK_FULL(507, Origin.CIRCUMSTANCES),
  /** Gave up after the last allowed attempt. */
  ATTEMPTS_EXHAUSTED(500, Origin.PLATFORM),
  /** Another service did not answer in time. */
  UNAVAILABLE(503, Origin.PASSING),
  /** A file could not be read or written, though nothing is known to be wrong with it. */
  IO_FAILED(500, Origin.PASSING),
  INTERNAL(500, Origin.PLATFORM);

  /** Whose an error is, and so what may help. */
  public enum Origin {
    /** What was asked for: ask for something else. */
    REQUEST,
    /** What the request met with, such as data, weights or a full disk: somebody mends it. */
    CIRCUMSTANCES,
    /** A moment: the same may be tried again. */
    PASSING,
    /** The platform itself. */
    PLATFORM
  }

  private final int status;
  private final Origin origin;

  ErrorCode(int status, Origin origin) {
    this.status = status;
    this.origin = origin;
  }

  /** The HTTP status with which this is reported. */
  public int status() {
    return status;
  }

  public Origin origin() {
    return origin;
  }

  /** The code called {@code name}; a newer version may have others. */
  public static Optional<ErrorCode> named(String name) {
    return Arrays.stream(values()).filter(code -> code.name().equals(name)).findFirst();
  }

  /** Of an event or a table; one that is not known here is {@link #INTERNAL}. */
  @JsonCreator
  public static ErrorCode of(String name) {
    return named(name).orElse(INTERNAL);
  }

  /** What an answer with {@code status}, 400 or more, means that names no code. */
  public static ErrorCode ofStatus(int status) {
    return switch (status) {
      case 401 -> NOT_SIGNED_IN;
      case 403 -> NOT_PERMITTED;
      case 404 -> NOT_FOUND;
      case 409, 412 -> CONFLICT;
      case 429, 502, 503, 504 -> UNAVAILABLE;
      default -> status < 500 ? INVALID_REQUEST : INTERNAL;
    };
  }
}
