package org.medtransformers.contracts.result;

import java.util.List;

/**
 * How sure one can be that two models differ that were tested on the same images.
 *
 * @param metric name of the data set's target metric
 * @param repetitions pairs of trainings, each pair with the same seed
 * @param images of the test set
 * @param groups patients or lesions among them; null where none is known
 * @param perSeed for each pair, whether its two models are wrong equally often
 */
public record PairedComparison(
    String dataset,
    String metric,
    Model first,
    Model second,
    int repetitions,
    int images,
    Integer groups,
    Difference difference,
    List<McNemarResult> perSeed) {

  /** A row of the comparison. */
  public record Model(String initialisation, String backbone) {
    @Override
    public String toString() {
      return backbone + ", " + initialisation;
    }
  }

  /**
   * The first model's metric less the second's, mean over the repetitions; NaN where it has none.
   *
   * @param low of the 95 % interval by hierarchical bootstrap
   * @param high likewise
   * @param p two-sided, of no difference
   * @param pHolm the same, corrected for all differences of the comparison
   * @param draws of the bootstrap in which the difference is defined
   */
  public record Difference(
      double value, double low, double high, double p, double pHolm, int draws) {}

  /**
   * @param firstOnly images that only the first model has right
   * @param secondOnly images that only the second model has right
   * @param exact whether {@code p} is of the binomial distribution, else of chi-squared
   * @param pHolm corrected for all tests of this kind in the comparison
   */
  public record McNemarResult(
      long seed, int firstOnly, int secondOnly, boolean exact, double p, double pHolm) {

    /** The same with {@code pHolm}. */
    public McNemarResult corrected(double holm) {
      return new McNemarResult(seed, firstOnly, secondOnly, exact, p, holm);
    }
  }

  /** The same with the corrected p-value of the difference, and {@code pairs}. */
  public PairedComparison corrected(double pHolm, List<McNemarResult> pairs) {
    Difference known =
        new Difference(
            difference.value,
            difference.low,
            difference.high,
            difference.p,
            pHolm,
            difference.draws);
    return new PairedComparison(
        dataset, metric, first, second, repetitions, images, groups, known, pairs);
  }
}
