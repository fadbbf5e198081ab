package org.medtransformers.golden.learning;

import java.util.List;
import org.medtransformers.parity.CaseRunner;

/** The groups of golden cases that this library can run. */
public final class LearningCases {
  private LearningCases() {}

  /**
   * One runner per group. libtorch is started by the first case that needs it.
   *
   * @param compute of those that need it
   */
  public static List<CaseRunner> runners(Compute compute) {
    return List.of(
        new ModelCases(compute),
        new OptimizerCases(compute),
        new ScheduleCases(),
        new MetricCases(),
        new KnnCases(compute),
        new SelfSupervisedCases(compute),
        new LearningRateCases(),
        new WeightCases());
  }
}
