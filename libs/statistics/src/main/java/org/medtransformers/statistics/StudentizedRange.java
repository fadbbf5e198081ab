package org.medtransformers.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The studentized range of k normal values whose spread is known: how far the largest of k standard
 * normal numbers lies from the smallest.
 *
 * <p>P(range &gt; q) = k ∫ φ(z) [Φ(z)^(k-1) - (Φ(z) - Φ(z-q))^(k-1)] dz, z being the largest. The
 * trapezoidal rule converges exponentially for such an integrand, which is smooth and vanishes with
 * all its derivatives on both sides; the difference is taken without cancellation, so that small
 * probabilities are right too.
 *
 * @see <a href="https://doi.org/10.1093/biomet/31.1-2.20">The range in random samples, Pearson and
 *     Hartley, 1942</a>
 * @param groups k, 2 or more
 */
record StudentizedRange(int groups) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double STEP = 1.0 / 32;

  /** Beyond it the normal density is below 1e-22. */
  private static final double EDGE = 10;

  private static final int HALVINGS = 200;

  StudentizedRange {
    if (groups < 2) {
      throw new IllegalArgumentException("found " + groups + " groups, allowed: 2 or more");
    }
  }

  /** How likely the range is above {@code q}. */
  double survival(double q) {
    if (!(q > 0)) {
      return Double.isNaN(q) ? Double.NaN : 1;
    }
    if (q > 4 * EDGE) {
      return 0;
    }
    // Where q is large, what counts lies around q/2 rather than 0.
    int steps = (int) Math.ceil((2 * EDGE + q) / STEP);
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double z = i * STEP - EDGE;
      double below = NORMAL.cumulativeProbability(z);
      double tooFar = NORMAL.cumulativeProbability(z - q) / below;
      double lost = -Math.expm1((groups - 1) * Math.log1p(-tooFar));
      sum += NORMAL.density(z) * Math.pow(below, groups - 1) * lost;
    }
    return Math.min(1, groups * STEP * sum);
  }

  /**
   * The range that is exceeded with probability {@code p}.
   *
   * @param p between 0 and 1
   */
  double inverseSurvival(double p) {
    double low = 0;
    double high = 4 * EDGE;
    for (int i = 0; i < HALVINGS && Math.nextUp(low) < high; i++) {
      double middle = (low + high) / 2;
      if (survival(middle) > p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
