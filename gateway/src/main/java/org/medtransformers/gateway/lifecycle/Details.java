package org.medtransformers.gateway.lifecycle;

import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.Phase;
import org.medtransformers.contracts.result.RunProgress;

/** The few words that tell a person what a run is doing. */
final class Details {
  private static final String PHASE_WAITING = "waiting for phase ";
  static final String PREPARE_WAITING = "waiting for the data set";
  static final String PREPARING = "preparing images";
  static final String TRAIN_WAITING = "waiting for a trainer";
  static final String EVALUATE_WAITING = "waiting for the test metrics";
  static final String TRAINING_ON = "training goes on";
  static final String CANCELLING = "cancelling";

  private Details() {}

  /** Not begun: the phase before {@code phase} is not done. */
  static String waiting(Phase phase) {
    return PHASE_WAITING + (phase.number() - 1);
  }

  /** Trained, whether to the end or not. */
  static String trained(TrainingEvent.Completed e, RunProgress last) {
    boolean early = last != null && last.iterations() != null && e.iterations() < last.iterations();
    return early
        ? "stopped early at iteration " + e.iterations() + ", " + EVALUATE_WAITING
        : EVALUATE_WAITING;
  }

  static String started(TrainingEvent.Started e) {
    String where = "training on " + e.device();
    return e.firstIteration() == 1
        ? where
        : where + ", attempt " + e.attempt() + " from iteration " + e.firstIteration();
  }
}
