package org.medtransformers.gateway.comparison;

import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.gateway.entity.RunEntity;

/**
 * A run in a comparison.
 *
 * @param initialisation its row, which says more than the run's own where experiments are compared
 *     that have the same one
 */
record Compared(RunEntity run, String initialisation) {
  static Compared of(RunEntity run) {
    return new Compared(run, run.initialisation);
  }

  /** Runs that try a learning rate, and those that another one begins with, are not compared. */
  boolean counts() {
    return run.learningRate == null && run.lastPhase;
  }

  PairedComparison.Model model() {
    return new PairedComparison.Model(initialisation, run.backbone);
  }
}
