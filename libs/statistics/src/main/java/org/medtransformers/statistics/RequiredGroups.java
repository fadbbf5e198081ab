package org.medtransformers.statistics;

import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many patients (or single images) a test set needs for a difference to be seen: with n groups
 * the standard error of the difference is s/√n, and a difference d is found by a two-sided test at
 * 5 % with a probability of 80 % where n = ((z₀.₉₇₅ + z₀.₈) s / d)².
 *
 * <p>The standard error must be of draws of groups alone: what trainings differ by does not shrink
 * with more patients.
 *
 * <p>Statistical Power Analysis for the Behavioral Sciences, Cohen, 1988, chapter 2; scaled as the
 * variance of a mean is, which for functions of means holds with many groups.
 */
public final class RequiredGroups {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double ALPHA = 0.05;
  private static final double POWER = 0.8;

  /** More is no answer to anybody. */
  private static final double MOST = 1e9;

  private RequiredGroups() {}

  /**
   * The number of groups; empty where the difference is zero or unknown, or would take more than a
   * thousand million.
   *
   * @param groups that the difference was measured on
   * @param difference that was measured
   * @param standardError of the difference on so many groups
   */
  public static OptionalLong of(int groups, double difference, double standardError) {
    double z =
        NORMAL.inverseCumulativeProbability(1 - ALPHA / 2)
            + NORMAL.inverseCumulativeProbability(POWER);
    double ratio = z * standardError / difference;
    double needed = Math.ceil(groups * ratio * ratio);
    return needed <= MOST ? OptionalLong.of(Math.max(1, (long) needed)) : OptionalLong.empty();
  }

  /**
   * The standard error of what was measured on resamples: their standard deviation.
   *
   * @param draws one per resample; NaN where it is undefined, which is left out
   * @return NaN of fewer than two
   */
  public static double standardError(double[] draws) {
    double[] known = Arrays.stream(draws).filter(d -> !Double.isNaN(d)).toArray();
    double mean = Arrays.stream(known).average().orElse(Double.NaN);
    double squares = Arrays.stream(known).map(d -> (d - mean) * (d - mean)).sum();
    return known.length < 2 ? Double.NaN : Math.sqrt(squares / (known.length - 1));
  }
}
