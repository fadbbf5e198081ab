package org.medtransformers.contracts;

import java.time.Duration;

/**
 * Pauses between tries of what keeps failing, each twice as long as the one before.
 *
 * @param first after the first failure
 * @param longest that is not exceeded
 */
public record Backoff(Duration first, Duration longest) {
  /** The pause after so many failures in a row, 1 or more. */
  public Duration after(int failures) {
    Duration pause = first;
    for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
