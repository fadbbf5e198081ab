package org.medtransformers.contracts.result;

import java.util.Collection;

/** The state of an experiment follows from its runs'. */
public enum ExperimentState {
  RUNNING,
  /** Every run succeeded. */
  SUCCEEDED,
  /** Every run has ended and at least one failed. */
  FAILED,
  /** Every run has ended, none failed, at least one was cancelled. */
  CANCELLED;

  public static ExperimentState of(Collection<RunState> runs) {
    if (!runs.stream().allMatch(RunState::terminal)) {
      return RUNNING;
    }
    if (runs.contains(RunState.FAILED)) {
      return FAILED;
    }
    return runs.contains(RunState.CANCELLED) ? CANCELLED : SUCCEEDED;
  }
}
