package org.medtransformers.cli.progress;

import java.time.Duration;
import java.util.Locale;

/** Times for people. */
public final class Durations {
  private Durations() {}

  /** {@code 0:07}, {@code 12:30}, {@code 3:05:00}. */
  public static String clock(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    long hours = seconds / 3600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  /** Seconds, rounded. */
  static String clock(double seconds) {
    return clock(Duration.ofSeconds(Math.round(seconds)));
  }
}
