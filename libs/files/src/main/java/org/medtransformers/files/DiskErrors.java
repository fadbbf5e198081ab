package org.medtransformers.files;

import java.io.IOException;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Says what a failure to read or write a file means. */
public final class DiskErrors {
  private DiskErrors() {}

  /**
   * {@link ErrorCode#DISK_FULL} where somebody has to make room; any other failure is {@link
   * ErrorCode#IO_FAILED} and may pass.
   *
   * @param doing what was being done, and where
   */
  public static MedtransException describe(IOException e, String doing) {
    String reason = String.valueOf(e.getMessage());
    // The JDK has no exception class for these two; the texts are strerror's.
    if (reason.contains("No space left on device") || reason.contains("Disk quota exceeded")) {
      return MedtransException.of(ErrorCode.DISK_FULL, "%s: %s".formatted(doing, reason), e);
    }
    return MedtransException.of(ErrorCode.IO_FAILED, "%s: %s".formatted(doing, e), e);
  }
}
