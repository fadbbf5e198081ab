package org.medtransformers.gateway.lifecycle;

import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;

/** What changes about a run. */
public record RunStatus(
    RunState state,
    boolean cancelRequested,
    Watermark watermark,
    RunProgress progress,
    RunOutcome outcome) {

  /** Accepted, nothing done yet. */
  public static final RunStatus QUEUED =
      new RunStatus(
          RunState.QUEUED, false, Watermark.NONE, RunProgress.waiting("queued"), RunOutcome.NONE);

  /** The first moment of another state; the watermark starts anew. */
  RunStatus enter(RunState next, String detail) {
    return new RunStatus(
        next, cancelRequested, Watermark.NONE, RunProgress.waiting(detail), outcome);
  }

  /** Over; what was known last stays visible. */
  RunStatus end(RunState last) {
    return new RunStatus(last, cancelRequested, watermark, progress.withDetail(null), outcome);
  }

  /** Further in the same state. */
  RunStatus at(Watermark mark, RunProgress now) {
    RunProgress shown = cancelRequested ? now.withDetail(Details.CANCELLING) : now;
    return new RunStatus(state, cancelRequested, mark, shown, outcome);
  }

  /** Waits for what {@code detail} says, or does again what it says. */
  RunStatus telling(String detail) {
    return at(watermark, progress.withDetail(detail));
  }

  RunStatus with(RunOutcome brought) {
    return new RunStatus(state, cancelRequested, watermark, progress, brought);
  }

  RunStatus cancelling() {
    return new RunStatus(state, true, watermark, progress.withDetail(Details.CANCELLING), outcome);
  }
}
