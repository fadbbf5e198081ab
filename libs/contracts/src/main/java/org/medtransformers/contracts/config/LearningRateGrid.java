package org.medtransformers.contracts.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.medtransformers.contracts.CounterRandom;

/**
 * The learning rates that a search tries, rising, and which of them is best. A value that is not a
 * number belongs to a training that diverged and never wins.
 */
public final class LearningRateGrid {
  private static final MathContext DIGITS = new MathContext(15);

  private LearningRateGrid() {}

  /**
   * {@code 10 ** numpy.linspace(minPow, maxPow, resolution)}: evenly spaced on a logarithmic scale,
   * both ends included; {@code minPow} alone where {@code resolution} is 1.
   */
  public static List<Double> even(double minPow, double maxPow, int resolution) {
    double step = resolution == 1 ? 0 : (maxPow - minPow) / (resolution - 1);
    return rates(
        IntStream.range(0, resolution)
            .mapToDouble(i -> i > 0 && i == resolution - 1 ? maxPow : minPow + i * step));
  }

  /**
   * Draws of a logarithm that is uniform between {@code minPow} and {@code maxPow}, in rising
   * order; the same seed draws the same.
   */
  public static List<Double> random(double minPow, double maxPow, int resolution, long seed) {
    CounterRandom random = CounterRandom.of(seed, "lr_finder");
    return rates(
        IntStream.range(0, resolution)
            .mapToDouble(i -> minPow + random.uniform(i) * (maxPow - minPow))
            .sorted());
  }

  /** The same on every processor; without the last digit's error, which makes 10⁻⁵ 9.99…e-6. */
  private static List<Double> rates(DoubleStream powers) {
    return powers
        .mapToObj(power -> new BigDecimal(StrictMath.pow(10, power)).round(DIGITS).doubleValue())
        .toList();
  }

  /** A learning rate as people are shown it, with four digits: {@code 3.162e-04}. */
  public static String text(double rate) {
    return String.format(Locale.ROOT, "%.3e", rate);
  }

  /** Index of the first of the largest values, such as metrics; empty where there is no number. */
  public static OptionalInt firstLargest(List<Double> values) {
    return first(values, 1);
  }

  /** Index of the first of the smallest values, such as losses; empty where there is no number. */
  public static OptionalInt firstSmallest(List<Double> values) {
    return first(values, -1);
  }

  private static OptionalInt first(List<Double> values, int sign) {
    int best = -1;
    for (int i = 0; i < values.size(); i++) {
      double value = sign * values.get(i);
      if (!Double.isNaN(value) && (best < 0 || value > sign * values.get(best))) {
        best = i;
      }
    }
    return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }
}
