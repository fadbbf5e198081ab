package org.medtransformers.trainer.loop;

import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.result.Metrics;

/**
 * The best validated model so far.
 *
 * @param iteration after which it was validated
 * @param knn metrics of its nearest neighbours; null where these were not asked besides
 */
public record BestModel(int iteration, Metrics metrics, Metrics knn) {

  /**
   * Whether {@code candidate} beats {@code best}, which is null before the first. Larger is better,
   * of equals the earlier stays, an undefined value is never best.
   */
  static boolean improves(Metrics candidate, BestModel best, TargetMetric metric) {
    double value = candidate.value(metric).orElse(Double.NaN);
    return best == null
        ? !Double.isNaN(value)
        : value > best.metrics().value(metric).orElse(Double.NEGATIVE_INFINITY);
  }
}
