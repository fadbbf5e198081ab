package org.medtransformers.files.download;

import java.util.function.BooleanSupplier;

/**
 * Whoever waits for a download.
 *
 * @param progress hears of it several times a second
 * @param shouldStop asked as often
 */
public record Transfer(Progress progress, BooleanSupplier shouldStop) {

  /** Hears how far a download is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * @param total bytes of the whole file; 0 where the server does not say
     */
    void at(String file, long done, long total);
  }

  /** Whether to give up waiting. */
  public boolean stopped() {
    return shouldStop.getAsBoolean();
  }
}
