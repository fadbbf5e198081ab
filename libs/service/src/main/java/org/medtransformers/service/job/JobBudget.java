package org.medtransformers.service.job;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.medtransformers.service.config.MedtransConfig;

/**
 * How many more jobs this process may claim, where it is one that ends by itself: {@code limit}
 * jobs, and none once it has waited for {@code idle} in vain. Without a limit there is no end.
 */
final class JobBudget {
  private final OptionalInt limit;
  private final Duration idle;
  private final LongSupplier nanoTime;
  private int taken;
  private boolean waiting;
  private long waitingSince;

  JobBudget(MedtransConfig.Jobs config, LongSupplier nanoTime) {
    this(config.limit(), config.idle(), nanoTime);
  }

  JobBudget(OptionalInt limit, Duration idle, LongSupplier nanoTime) {
    this.limit = limit;
    this.idle = idle;
    this.nanoTime = nanoTime;
  }

  boolean limited() {
    return limit.isPresent();
  }

  /** Whether a job may be claimed; if none is found, {@link #giveBack} must follow. */
  synchronized boolean take() {
    if (limit.isEmpty()) {
      return true;
    }
    if (taken >= limit.getAsInt() || waitedTooLong()) {
      return false;
    }
    taken++;
    return true;
  }

  /** There was no job to claim. */
  synchronized void giveBack() {
    taken--;
    if (!waiting) {
      waiting = true;
      waitingSince = nanoTime.getAsLong();
    }
  }

  /** A job was claimed, and is done with. */
  synchronized void used() {
    waiting = false;
  }

  private boolean waitedTooLong() {
    return waiting && nanoTime.getAsLong() - waitingSince >= idle.toNanos();
  }
}
