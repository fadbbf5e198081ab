package org.medtransformers.files;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Says what a failure to read or write a file means. */
public final class DiskErrors {
  /** Causes may go round in a circle. */
  private static final int LONGEST_CHAIN = 100;

  private DiskErrors() {}

  /**
   * {@link ErrorCode#DISK_FULL} where somebody has to make room; any other failure is {@link
   * ErrorCode#IO_FAILED} and may pass.
   *
   * @param doing what was being done, and where
   */
  public static MedtransException describe(IOException e, String doing) {
    if (saysFull(e)) {
      return MedtransException.of(
          ErrorCode.DISK_FULL, "%s: %s".formatted(doing, e.getMessage()), e);
    }
    return MedtransException.of(ErrorCode.IO_FAILED, "%s: %s".formatted(doing, e), e);
  }

  /** Whether {@code failure} comes of a full disk or a quota that is used up, however wrapped. */
  public static boolean isFull(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(LONGEST_CHAIN)
        .anyMatch(
            cause ->
                (cause instanceof MedtransException known && known.code() == ErrorCode.DISK_FULL)
                    || (cause instanceof IOException io && saysFull(io)));
  }

  private static boolean saysFull(IOException e) {
    String reason = String.valueOf(e.getMessage());
    // The JDK has no exception class for these two; the texts are strerror's.
    return reason.contains("No space left on device") || reason.contains("Disk quota exceeded");
  }
}
