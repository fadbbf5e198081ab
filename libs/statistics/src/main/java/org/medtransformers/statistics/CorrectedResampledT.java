package org.medtransformers.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The corrected resampled t-test of whether two models are equally good, from a division into parts
 * that was repeated or rotated: the trainings of two folds share images, so their differences vary
 * less than those of independent trainings would, and an ordinary t-test finds too much. The
 * variance of the mean over J differences is taken as (1/J + n_test/n_train) times theirs.
 *
 * <p>Inference for the generalization error, Nadeau and Bengio, Machine Learning 52, 2003, equation
 * 8; for repeated cross-validation Bouckaert and Frank, 2004.
 *
 * @param mean of the differences
 * @param t NaN where the differences do not vary: there is nothing to measure their mean by
 * @param degreesOfFreedom J - 1
 * @param p two-sided; NaN as {@code t}
 */
public record CorrectedResampledT(double mean, double t, int degreesOfFreedom, double p) {

  /**
   * The test.
   *
   * @param differences of one metric between the models, one per fold and repetition; of fewer than
   *     two there is a mean but no test
   * @param train images of a fold's training part, above 0; their mean where folds differ
   * @param test images of a fold's test part, above 0; likewise
   * @throws IllegalArgumentException if there are no differences, one of them is no number, or a
   *     part is empty
   */
  public static CorrectedResampledT of(double[] differences, double train, double test) {
    if (differences.length == 0 || Arrays.stream(differences).anyMatch(d -> !Double.isFinite(d))) {
      throw new IllegalArgumentException(
          "found the differences %s, allowed: finite numbers, one at least"
              .formatted(Arrays.toString(differences)));
    }
    if (!(train > 0 && test > 0)) {
      throw new IllegalArgumentException(
          "found %s images to train with and %s to test with, allowed: more than 0"
              .formatted(train, test));
    }
    int n = differences.length;
    double mean = Arrays.stream(differences).sum() / n;
    double error = Math.sqrt((1.0 / n + test / train) * variance(differences, mean));
    if (!(error > 0)) {
      return new CorrectedResampledT(mean, Double.NaN, n - 1, Double.NaN);
    }
    double t = mean / error;
    double p = 2 * TDistribution.of(n - 1).survivalProbability(Math.abs(t));
    return new CorrectedResampledT(mean, t, n - 1, p);
  }

  /** Of a sample; 0 where all are equal, whatever rounding makes of their mean. */
  private static double variance(double[] values, double mean) {
    if (Arrays.stream(values).allMatch(v -> v == values[0])) {
      return 0;
    }
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}
