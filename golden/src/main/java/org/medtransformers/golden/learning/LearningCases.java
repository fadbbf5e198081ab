package org.medtransformers.golden.learning;

import java.util.List;
import org.medtransformers.parity.CaseRunner;

/** The groups of golden cases that this library can run. */
public final class LearningCases {
  private LearningCases() {}

  /**
   * One runner per group. libtorch is started by the first case that needs it.
   *
   * @param threads of libtorch, per operation
   */
  public static List<CaseRunner> runners(int threads) {
    return List.of(
        new ModelCases(threads),
        new OptimizerCases(threads),
        new ScheduleCases(),
        new MetricCases(),
        new KnnCases(threads),
        new SelfSupervisedCases(threads),
        new LearningRateCases(),
        new WeightCases());
  }
}
