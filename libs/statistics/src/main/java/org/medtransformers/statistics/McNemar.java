package org.medtransformers.statistics;

import java.util.BitSet;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * McNemar's test of whether two models are wrong equally often on the same images; only the images
 * count on which one is right and the other wrong.
 *
 * <p>McNemar, 1947; exact where few disagree, else with Edwards' continuity correction, 1948.
 *
 * @param firstOnly images that only the first model has right
 * @param secondOnly images that only the second model has right
 * @param exact whether {@code p} is of the binomial distribution
 * @param p two-sided
 */
public record McNemar(int firstOnly, int secondOnly, boolean exact, double p) {
  private static final int ENOUGH_FOR_CHI_SQUARED = 25;

  /** The test of counts. */
  public static McNemar of(int firstOnly, int secondOnly) {
    int discordant = firstOnly + secondOnly;
    boolean exact = discordant < ENOUGH_FOR_CHI_SQUARED;
    double p = exact ? binomial(firstOnly, secondOnly) : chiSquared(firstOnly, secondOnly);
    return new McNemar(firstOnly, secondOnly, exact, p);
  }

  /** The test of whether each of the same images was classified rightly. */
  public static McNemar of(BitSet firstRight, BitSet secondRight) {
    return of(without(firstRight, secondRight), without(secondRight, firstRight));
  }

  private static int without(BitSet some, BitSet others) {
    BitSet rest = (BitSet) some.clone();
    rest.andNot(others);
    return rest.cardinality();
  }

  private static double binomial(int firstOnly, int secondOnly) {
    int fewer = Math.min(firstOnly, secondOnly);
    double tail = BinomialDistribution.of(firstOnly + secondOnly, 0.5).cumulativeProbability(fewer);
    return Math.min(1, 2 * tail);
  }

  private static double chiSquared(int firstOnly, int secondOnly) {
    double excess = Math.abs(firstOnly - secondOnly) - 1.0;
    double statistic = excess * excess / (firstOnly + secondOnly);
    return ChiSquaredDistribution.of(1).survivalProbability(statistic);
  }
}
