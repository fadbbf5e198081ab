package org.medtransformers.service.job;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.medtransformers.contracts.Backoff;

/**
 * Runs whose job has found no room on this process's disk: they are left to processes that may have
 * more, and tried here after pauses that grow. One that has not come again for long is forgotten.
 */
final class Misfits {
  private static final int MEMORY = 4;

  private final Backoff pauses;
  private final LongSupplier nanoTime;
  private final Map<String, Misfit> misfits = new HashMap<>();

  /**
   * @param failures in a row
   * @param until {@code nanoTime} before which it is not tried again
   */
  private record Misfit(int failures, long until) {}

  Misfits(Backoff pauses, LongSupplier nanoTime) {
    this.pauses = pauses;
    this.nanoTime = nanoTime;
  }

  /** The job of {@code runId} has just found no room. */
  synchronized void add(String runId) {
    long now = nanoTime.getAsLong();
    long memory = pauses.longest().multipliedBy(MEMORY).toNanos();
    misfits.values().removeIf(misfit -> now - misfit.until() > memory);
    int failures = misfits.containsKey(runId) ? misfits.get(runId).failures() + 1 : 1;
    misfits.put(runId, new Misfit(failures, now + pauses.after(failures).toNanos()));
  }

  /** Those that are not to be tried now. */
  synchronized Set<String> now() {
    long now = nanoTime.getAsLong();
    return misfits.entrySet().stream()
        .filter(entry -> entry.getValue().until() - now > 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
