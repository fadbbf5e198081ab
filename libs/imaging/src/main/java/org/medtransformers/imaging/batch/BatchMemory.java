package org.medtransformers.imaging.batch;

import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** What the views of one batch may still take of the memory that they share. */
final class BatchMemory {
  private final long most;
  private long taken;

  BatchMemory(long most) {
    this.most = most;
  }

  /** Throws {@link ErrorCode#INVALID_REQUEST} if {@code bytes} more are too many. */
  void take(long bytes) {
    taken += bytes;
    if (taken > most) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "a batch of at least %d bytes, allowed are %d; make it of fewer or smaller images"
              .formatted(taken, most));
    }
  }
}
