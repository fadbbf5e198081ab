package org.medtransformers.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.medtransformers.contracts.result.Intervals.Interval;
import org.medtransformers.contracts.result.Intervals.Method;

/**
 * Intervals of what was measured on resamples.
 *
 * <p>BCa: the percentiles are moved by how far the measured value lies from the middle of the
 * resamples (z₀) and by how its spread changes with the value (the acceleration). Better bootstrap
 * confidence intervals, Efron, JASA 82, 1987; An Introduction to the Bootstrap, Efron and
 * Tibshirani, 1993, chapter 14.
 */
public final class BootstrapInterval {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private BootstrapInterval() {}

  /**
   * The central share of the resamples.
   *
   * @param draws one per resample; NaN where it has no value and is left out
   * @param level share within, such as 0.95
   */
  public static Interval percentile(double[] draws, double level) {
    return between(defined(draws), (1 - level) / 2, (1 + level) / 2, Method.PERCENTILE);
  }

  /**
   * The interval by BCa, which says so; the percentile interval, which says so, where BCa has no
   * answer: a resample or a part of the images without a value, a value outside all resamples, no
   * spread, or percentiles beyond what so many resamples can tell.
   *
   * @param value that was measured
   * @param draws one per resample
   * @param leftOut the value without each group of images in turn
   * @param level share within, such as 0.95
   */
  public static Interval bca(double value, double[] draws, double[] leftOut, double level) {
    double[] sorted = defined(draws);
    double acceleration = acceleration(leftOut);
    boolean all = sorted.length == draws.length && sorted.length > 0;
    if (!all || Double.isNaN(value + acceleration)) {
      return percentile(draws, level);
    }
    double bias = NORMAL.inverseCumulativeProbability(shareBelow(sorted, value));
    double low = share(bias, acceleration, (1 - level) / 2);
    double high = share(bias, acceleration, (1 + level) / 2);
    double resolution = 1.0 / draws.length;
    boolean told = low >= resolution && low < high && high <= 1 - resolution;
    return told ? between(sorted, low, high, Method.BCA) : percentile(draws, level);
  }

  /**
   * A sixth of the skewness of the value's influence function: Σu³ / 6 (Σu²)^1.5, u being how far
   * the value without a group lies below the mean of these values.
   *
   * @param leftOut the value without each group of images in turn
   * @return NaN where the value does not vary, or is undefined without one of them
   */
  public static double acceleration(double[] leftOut) {
    double mean = Arrays.stream(leftOut).average().orElse(Double.NaN);
    double squares = 0;
    double cubes = 0;
    for (double value : leftOut) {
      double u = mean - value;
      squares += u * u;
      cubes += u * u * u;
    }
    // What rounding makes of equal values is no spread.
    boolean varies = Math.sqrt(squares / leftOut.length) > 1e-13 * Math.abs(mean);
    return varies ? cubes / (6 * Math.pow(squares, 1.5)) : Double.NaN;
  }

  /** Of the resamples, those equal to {@code value} counting half. */
  private static double shareBelow(double[] sorted, double value) {
    long below = Arrays.stream(sorted).filter(d -> d < value).count();
    long equal = Arrays.stream(sorted).filter(d -> d == value).count();
    return (below + equal / 2.0) / sorted.length;
  }

  /** Efron's equation for the share below a bound; NaN where it has no answer. */
  private static double share(double bias, double acceleration, double nominal) {
    double z = bias + NORMAL.inverseCumulativeProbability(nominal);
    double stretch = 1 - acceleration * z;
    return Double.isFinite(z) && stretch > 0
        ? NORMAL.cumulativeProbability(bias + z / stretch)
        : Double.NaN;
  }

  private static double[] defined(double[] draws) {
    return Arrays.stream(draws).filter(d -> !Double.isNaN(d)).sorted().toArray();
  }

  private static Interval between(double[] sorted, double low, double high, Method method) {
    return new Interval(
        Bootstrap.percentile(sorted, low),
        Bootstrap.percentile(sorted, high),
        sorted.length,
        method);
  }
}
