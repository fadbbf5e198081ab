package org.medtransformers.gateway.comparison;

import java.util.List;

/** Median and standard deviation of a few repetitions; an undefined value makes both undefined. */
public final class Spread {
  private Spread() {}

  /** The middle value, or the mean of the two in the middle; {@code values} is not empty. */
  public static double median(List<Double> values) {
    if (values.stream().anyMatch(v -> v.isNaN())) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** With Bessel's correction (n - 1); null for a single value. */
  static Double standardDeviation(List<Double> values) {
    if (values.size() < 2) {
      return null;
    }
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1));
  }
}
