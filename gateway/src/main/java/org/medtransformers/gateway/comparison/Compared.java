package org.medtransformers.gateway.comparison;

import java.util.Optional;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.statistics.EvaluatedRun.Training;

/**
 * A run in a comparison.
 *
 * @param dataset its column, which no other data set and no other split has
 * @param set its data set, which columns of different fractions of the training images share
 * @param initialisation its row, which says more than the run's own where experiments are compared
 *     that have the same one
 */
public record Compared(RunEntity run, String dataset, String set, String initialisation) {
  /** Its row. */
  public PairedComparison.Model model() {
    return new PairedComparison.Model(initialisation, run.backbone);
  }

  /** Whether it says anything of the test set. */
  public boolean evaluated() {
    return run.state == RunState.SUCCEEDED && run.testMetrics != null;
  }

  /** The round of a cross-validation that it is, if any. */
  Optional<RunConfig.Split> round() {
    return Optional.ofNullable(run.file().config().medtrans().split())
        .filter(RunConfig.Split::crossValidates);
  }

  Training training() {
    return new Training(round().map(RunConfig.Split::seedOrDefault).orElse(null), run.seed);
  }
}
