package org.medtransformers.statistics;

import java.util.Arrays;

/**
 * How likely it is that a model is better than another one, and that it does not matter which is
 * taken, by the bootstrap distribution of their difference: it approximates the posterior of the
 * difference that follows from the test images and no other knowledge.
 *
 * <p>The Elements of Statistical Learning, Hastie et al., 2009, section 8.4; The Bayesian
 * Bootstrap, Rubin, 1981. The region of practical equivalence: Kruschke, Rejecting or accepting
 * parameter values in Bayesian estimation, 2018. Claims of outperformance by such probabilities:
 * arXiv 2505.04720.
 *
 * @param firstBetter share of the draws above 0, those at 0 counting half; NaN without draws
 * @param equivalent share of the draws from {@code -rope} to {@code rope}; NaN likewise
 */
public record Superiority(double firstBetter, double equivalent) {

  /**
   * The probabilities.
   *
   * @param draws differences, first less second, of a metric of which more is better, one per
   *     resample; NaN where it is undefined, which is left out
   * @param rope differences up to it do not matter, 0 or more
   */
  public static Superiority of(double[] draws, double rope) {
    if (!(rope >= 0)) {
      throw new IllegalArgumentException("found " + rope + ", allowed: 0 or more");
    }
    double[] known = Arrays.stream(draws).filter(d -> !Double.isNaN(d)).toArray();
    double above = Arrays.stream(known).filter(d -> d > 0).count();
    double none = Arrays.stream(known).filter(d -> d == 0).count();
    double within = Arrays.stream(known).filter(d -> Math.abs(d) <= rope).count();
    return new Superiority((above + none / 2) / known.length, within / known.length);
  }
}
