package org.medtransformers.service.database;

import java.util.function.BooleanSupplier;

/**
 * How often the same work may fail in a row with the database at hand. Failures while it is away
 * say nothing about the work: after one, counting starts anew.
 */
public final class Patience {
  private final int maxFailures;
  private final BooleanSupplier reachable;
  private int failures;

  /**
   * @param reachable whether the database answers now
   */
  public Patience(int maxFailures, BooleanSupplier reachable) {
    this.maxFailures = maxFailures;
    this.reachable = reachable;
  }

  /** Takes note of {@code failure}; true if the work is not to be tried again. */
  public boolean endsWith(Throwable failure) {
    failures = Outage.causes(failure) || !reachable.getAsBoolean() ? 0 : failures + 1;
    return failures >= maxFailures;
  }
}
