package org.medtransformers.trainer.loop;

import org.medtransformers.contracts.result.Metrics;

/**
 * How far a training got, besides the network's own state.
 *
 * @param iteration iterations done
 * @param validatedAt iteration of the last validation; 0 before the first
 * @param metrics of the last validation; null before the first
 * @param knn of the last validation; null where nearest neighbours were not asked besides
 * @param best the best validated model; null before the first that has a target metric
 * @param withoutImprovement validations in a row since the best one
 * @param beginning metrics of the network as it began; null where they are not asked
 */
public record TrainingState(
    int iteration,
    int validatedAt,
    Metrics metrics,
    Metrics knn,
    BestModel best,
    int withoutImprovement,
    Metrics beginning) {
  /** Before the first iteration. */
  public static final TrainingState START = new TrainingState(0, 0, null, null, null, 0, null);

  /**
   * The model to go on with: the best one if {@code byMetric} and there is any, else the last.
   *
   * @return with metrics null if it was never validated
   */
  public BestModel chosen(boolean byMetric) {
    if (byMetric && best != null) {
      return best;
    }
    return validatedAt == iteration
        ? new BestModel(iteration, metrics, knn)
        : new BestModel(iteration, null, null);
  }

  TrainingState began(Metrics found) {
    return new TrainingState(iteration, validatedAt, metrics, knn, best, withoutImprovement, found);
  }

  TrainingState after(int newIteration) {
    return new TrainingState(
        newIteration, validatedAt, metrics, knn, best, withoutImprovement, beginning);
  }

  TrainingState improved(Measured found) {
    BestModel newBest = new BestModel(iteration, found.metrics(), found.knn());
    return new TrainingState(
        iteration, iteration, found.metrics(), found.knn(), newBest, 0, beginning);
  }

  TrainingState notImproved(Measured found) {
    return new TrainingState(
        iteration,
        iteration,
        found.metrics(),
        found.knn(),
        best,
        withoutImprovement + 1,
        beginning);
  }
}
