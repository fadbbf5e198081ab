package org.medtransformers.contracts.error;

/** Why something failed: the same code in problem details, events, metric labels and tables. */
public enum ErrorCode {
  /** The experiment file or request body breaks a rule; change it. */
  INVALID_REQUEST(400),
  /** Asks for something that is not built yet. */
  NOT_BUILT_YET(422),
  /** A path lies outside the configured roots. */
  PATH_NOT_ALLOWED(403),
  NOT_FOUND(404),
  /** The state does not allow it now. */
  CONFLICT(409),
  /** A label file or folder is missing or malformed. */
  DATASET_INVALID(422),
  /** An image is missing, damaged or not an image. */
  IMAGE_UNREADABLE(422),
  /** A label lies outside the classes. */
  LABEL_OUT_OF_RANGE(422),
  /** Loss became NaN or infinite. */
  TRAINING_DIVERGED(500),
  /** A checkpoint is missing or damaged. */
  CHECKPOINT_UNREADABLE(500),
  /** A checkpoint belongs to another network or another kind of data set. */
  CHECKPOINT_INCOMPATIBLE(422),
  /** A weight file is damaged, is none, or asks for more than tensors. */
  WEIGHTS_UNREADABLE(422),
  /** A weight file belongs to another network. */
  WEIGHTS_INCOMPATIBLE(422),
  /** Published weights are neither at hand nor to be had. */
  WEIGHTS_UNAVAILABLE(503),
  /** No space left on the device that holds the artifacts. */
  DISK_FULL(507),
  /** Gave up after the last allowed attempt. */
  ATTEMPTS_EXHAUSTED(500),
  /** Another service did not answer in time. */
  UNAVAILABLE(503),
  INTERNAL(500);

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  /** The HTTP status with which this is reported. */
  public int status() {
    return status;
  }
}
