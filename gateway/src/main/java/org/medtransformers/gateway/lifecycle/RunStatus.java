package org.medtransformers.gateway.lifecycle;

import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;

/**
 * What changes about a run.
 *
 * @param attemptsAfter what attempts at it count on from; 0 where it was never resumed
 */
public record RunStatus(
    RunState state,
    boolean cancelRequested,
    int attemptsAfter,
    Watermark watermark,
    RunProgress progress,
    RunOutcome outcome) {

  /** More than workers make of a run. */
  private static final int ATTEMPTS = 100;

  /** Accepted, nothing done yet. */
  public static final RunStatus QUEUED =
      new RunStatus(
          RunState.QUEUED,
          false,
          0,
          Watermark.after(0),
          RunProgress.waiting("queued"),
          RunOutcome.NONE);

  /** The first moment of another state; the watermark starts anew. */
  RunStatus enter(RunState next, String detail) {
    return new RunStatus(
        next,
        cancelRequested,
        attemptsAfter,
        Watermark.after(attemptsAfter),
        RunProgress.waiting(detail),
        outcome);
  }

  /** As it was before it ended; its attempts count on from the next hundred. */
  RunStatus resuming() {
    int next = (watermark.attempt() / ATTEMPTS + 1) * ATTEMPTS;
    return new RunStatus(state, false, next, watermark, progress, outcome.failed(null));
  }

  /** Whether an attempt has been heard of in this state. */
  boolean begun() {
    return watermark.attempt() > attemptsAfter;
  }

  /** Over; what was known last stays visible. */
  RunStatus end(RunState last) {
    return new RunStatus(
        last, cancelRequested, attemptsAfter, watermark, progress.withDetail(null), outcome);
  }

  /** Further in the same state. */
  RunStatus at(Watermark mark, RunProgress now) {
    RunProgress shown = cancelRequested ? now.withDetail(Details.CANCELLING) : now;
    return new RunStatus(state, cancelRequested, attemptsAfter, mark, shown, outcome);
  }

  /** Waits for what {@code detail} says, or does again what it says. */
  RunStatus telling(String detail) {
    return at(watermark, progress.withDetail(detail));
  }

  RunStatus with(RunOutcome brought) {
    return new RunStatus(state, cancelRequested, attemptsAfter, watermark, progress, brought);
  }

  RunStatus cancelling() {
    return new RunStatus(
        state, true, attemptsAfter, watermark, progress.withDetail(Details.CANCELLING), outcome);
  }
}
