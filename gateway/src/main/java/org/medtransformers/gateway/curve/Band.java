package org.medtransformers.gateway.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.medtransformers.statistics.Bootstrap;

/**
 * Several runs as one curve. At each place those runs count that have come so far, a value between
 * two points of a run being on the straight line between them.
 *
 * @param x places, rising
 * @param n runs that count there
 * @param mean of their values
 * @param low the quantile {@value #LOW} of them, linear between two as numpy's default
 * @param high the quantile {@value #HIGH}, likewise
 */
public record Band(
    List<Double> x, List<Integer> n, List<Double> mean, List<Double> low, List<Double> high) {
  static final double LOW = 0.1;
  static final double HIGH = 0.9;

  /**
   * The band of {@code lines}.
   *
   * @param most places, at least 2; of more, some at equal distances in their order, the first and
   *     the last among them
   */
  static Band of(List<Line> lines, int most) {
    Band band =
        new Band(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    double[] places = lines.stream().flatMapToDouble(Line::places).sorted().distinct().toArray();
    for (double place : thinned(places, most)) {
      band.add(
          place,
          lines.stream()
              .map(line -> line.at(place))
              .filter(OptionalDouble::isPresent)
              .mapToDouble(OptionalDouble::getAsDouble)
              .sorted()
              .toArray());
    }
    return band;
  }

  private void add(double place, double[] sorted) {
    double sum = 0;
    for (double value : sorted) {
      sum += value;
    }
    x.add(place);
    n.add(sorted.length);
    mean.add(sum / sorted.length);
    low.add(Bootstrap.percentile(sorted, LOW));
    high.add(Bootstrap.percentile(sorted, HIGH));
  }

  private static double[] thinned(double[] places, int most) {
    if (places.length <= most) {
      return places;
    }
    double[] some = new double[most];
    for (int i = 0; i < most; i++) {
      some[i] = places[(int) ((long) i * (places.length - 1) / (most - 1))];
    }
    return some;
  }
}
