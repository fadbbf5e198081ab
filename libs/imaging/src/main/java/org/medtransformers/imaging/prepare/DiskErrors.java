package org.medtransformers.imaging.prepare;

import java.io.IOException;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Says what a failure to read or write means: a full disk needs a person, others may pass. */
final class DiskErrors {
  private DiskErrors() {}

  /**
   * @param doing what was being done, and where
   */
  static MedtransException describe(IOException e, String doing) {
    String reason = String.valueOf(e.getMessage());
    // The JDK has no exception class for these two; the texts are strerror's.
    if (reason.contains("No space left on device") || reason.contains("Disk quota exceeded")) {
      return MedtransException.of(ErrorCode.DISK_FULL, "%s: %s".formatted(doing, reason), e);
    }
    return MedtransException.retriable(ErrorCode.INTERNAL, "%s: %s".formatted(doing, e), e);
  }
}
