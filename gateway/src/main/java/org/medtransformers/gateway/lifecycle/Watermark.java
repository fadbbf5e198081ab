package org.medtransformers.gateway.lifecycle;

/**
 * How far the current phase is known to be: what is not beyond it is a duplicate, out of order, or
 * from an attempt that has been fenced off.
 *
 * @param attempt highest attempt heard of; 0 before the first
 * @param step highest iteration (or number of prepared images) of that attempt
 * @param validated last iteration validated by that attempt, which may be 0; -1 before the first
 * @param checkpointed last iteration saved by that attempt, likewise
 */
public record Watermark(int attempt, int step, int validated, int checkpointed) {
  /** Nothing is known yet; attempts count on from {@code attempt}, which is none. */
  static Watermark after(int attempt) {
    return new Watermark(attempt, 0, -1, -1);
  }

  /** Whether an event of {@code eventAttempt} may still count. */
  boolean accepts(int eventAttempt) {
    return eventAttempt >= attempt;
  }

  /** Whether {@code eventAttempt} begins here. */
  boolean precedes(int eventAttempt) {
    return eventAttempt > attempt;
  }

  /** This mark, or a fresh one where {@code eventAttempt} is a new attempt. */
  Watermark in(int eventAttempt) {
    return precedes(eventAttempt) ? after(eventAttempt) : this;
  }

  Watermark withStep(int iteration) {
    return new Watermark(attempt, iteration, validated, checkpointed);
  }

  Watermark withValidated(int iteration) {
    return new Watermark(attempt, step, iteration, checkpointed);
  }

  Watermark withCheckpointed(int iteration) {
    return new Watermark(attempt, step, validated, iteration);
  }
}
