package org.medtransformers.tests.chaos;

import java.time.Duration;

/**
 * One thing that goes wrong.
 *
 * @param begins after the start of the plan
 * @param target what it hits
 * @param lasts zero where that is not for a fault to say
 */
record Fault(Duration begins, FaultKind kind, String target, Duration lasts) {
  @Override
  public String toString() {
    String time = lasts.isZero() ? "" : " for %.1f s".formatted(lasts.toMillis() / 1000.0);
    return "%.1f s: %s %s%s".formatted(begins.toMillis() / 1000.0, kind, target, time);
  }
}
