package org.medtransformers.contracts.result;

import java.util.List;

/**
 * How sure one can be that two models differ that were tested on the same images.
 *
 * @param metric name of the data set's target metric
 * @param repetitions pairs of trainings, each pair with the same seed; of a cross-validation, pairs
 *     of all the folds of one division
 * @param images of the test set, or of all folds
 * @param groups patients or lesions among them; null where none is known
 * @param claim what the difference allows to say
 * @param perSeed for each pair, whether its two models are wrong equally often
 * @param folds the difference from fold to fold; null without a cross-validation
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
    Claim claim,
    List<McNemarResult> perSeed,
    AcrossFolds folds) {

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
   * @param method by which the interval follows from the draws
   * @param p two-sided, of no difference
   * @param pHolm the same, corrected for all differences of the comparison
   * @param draws of the bootstrap in which the difference is defined
   */
  public record Difference(
      double value,
      double low,
      double high,
      Intervals.Method method,
      double p,
      double pHolm,
      int draws) {}

  /**
   * What a difference allows to say, from the draws that its interval is of.
   *
   * @param firstBetter probability that the first model is better
   * @param equivalent probability that the models differ by {@code rope} at most
   * @param rope half of the region of practical equivalence, in the metric's units
   * @param unit what is drawn: {@code group} (an image without one being its own) or {@code image}
   * @param units how many of them there are
   * @param standardError of the difference over draws of the units alone, the trainings being fixed
   * @param needed units at which a difference of that size would be seen with a power of 80 % at a
   *     two-sided 5 %; null where no number would do
   * @param few what there is too little of, as in {@link Intervals#few}
   * @param decision what follows by a fixed rule; null until all tests of the table are known
   */
  public record Claim(
      double firstBetter,
      double equivalent,
      double rope,
      String unit,
      int units,
      double standardError,
      Long needed,
      List<String> few,
      Decision decision) {
    public Claim {
      few = List.copyOf(few);
    }

    private Claim decided(Decision known) {
      return new Claim(
          firstBetter, equivalent, rope, unit, units, standardError, needed, few, known);
    }
  }

  /**
   * The corrected resampled t-test of the folds' differences, each the mean over the trainings of
   * its fold.
   *
   * @param folds of each division
   * @param divisions of the images into folds
   * @param differences of the first division's folds in their order, then of the next one's
   * @param train images that a fold was trained with, mean over the folds
   * @param test images of a fold, likewise
   * @param t NaN where the differences do not vary or one has no value; then {@code p} is, too
   * @param p two-sided, of no difference
   * @param pHolm corrected for all tests of this kind in the comparison
   */
  public record AcrossFolds(
      int folds,
      int divisions,
      List<Double> differences,
      double train,
      double test,
      double mean,
      double t,
      int degreesOfFreedom,
      double p,
      double pHolm) {
    public AcrossFolds {
      differences = List.copyOf(differences);
    }

    /** The same with {@code pHolm}. */
    AcrossFolds corrected(double holm) {
      return new AcrossFolds(
          folds, divisions, differences, train, test, mean, t, degreesOfFreedom, p, holm);
    }
  }

  /**
   * @param division seed by which the images were divided into folds; null without folds
   * @param firstOnly images that only the first model has right
   * @param secondOnly images that only the second model has right
   * @param exact whether {@code p} is of the binomial distribution, else of chi-squared
   * @param pHolm corrected for all tests of this kind in the comparison
   */
  public record McNemarResult(
      Long division,
      long seed,
      int firstOnly,
      int secondOnly,
      boolean exact,
      double p,
      double pHolm) {

    /** The same with {@code pHolm}. */
    public McNemarResult corrected(double holm) {
      return new McNemarResult(division, seed, firstOnly, secondOnly, exact, p, holm);
    }
  }

  /**
   * The same with the corrected p-values of the difference and of the folds, and {@code pairs}.
   *
   * @param foldsHolm without meaning where there are no folds
   */
  public PairedComparison corrected(double pHolm, List<McNemarResult> pairs, double foldsHolm) {
    Difference known =
        new Difference(
            difference.value,
            difference.low,
            difference.high,
            difference.method,
            difference.p,
            pHolm,
            difference.draws);
    return new PairedComparison(
        dataset,
        metric,
        first,
        second,
        repetitions,
        images,
        groups,
        known,
        claim,
        pairs,
        folds == null ? null : folds.corrected(foldsHolm));
  }

  /** The same with what follows from all its numbers. */
  public PairedComparison decided(Decision decision) {
    return new PairedComparison(
        dataset,
        metric,
        first,
        second,
        repetitions,
        images,
        groups,
        difference,
        claim.decided(decision),
        perSeed,
        folds);
  }
}
