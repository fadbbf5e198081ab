package org.medtransformers.service.database;

import java.util.function.BooleanSupplier;

/**
 * How often the same work may fail in a row with the database at hand. Failures while it is away or
 * refuses say nothing about the work: after one, counting starts anew. Made by {@link
 * DatabaseWatch}, which knows by it who waits; closed when the work is done or given up.
 */
public final class Patience implements AutoCloseable {
  private final int maxFailures;
  private final BooleanSupplier writable;
  private final Runnable waits;
  private final Runnable ends;
  private int failures;

  /**
   * @param writable whether the database takes writes now
   * @param waits told of each failure for want of the database
   * @param ends told when the wait, if there was one, is over
   */
  Patience(int maxFailures, BooleanSupplier writable, Runnable waits, Runnable ends) {
    this.maxFailures = maxFailures;
    this.writable = writable;
    this.waits = waits;
    this.ends = ends;
  }

  /** Takes note of {@code failure}; true if the work is not to be tried again. */
  public boolean endsWith(Throwable failure) {
    if (Outage.causes(failure) || !writable.getAsBoolean()) {
      failures = 0;
      waits.run();
      return false;
    }
    ends.run();
    failures++;
    return failures >= maxFailures;
  }

  @Override
  public void close() {
    ends.run();
  }
}
