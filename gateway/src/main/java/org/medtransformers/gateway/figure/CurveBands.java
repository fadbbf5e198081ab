package org.medtransformers.gateway.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.medtransformers.plots.figure.Point;
import org.medtransformers.statistics.CurveBand;

/**
 * Curves of several trainings over the same epochs: theirs where they are the same, else a hundred
 * from the first to the last that all have, between whose points a curve is linear.
 */
final class CurveBands {
  private static final int PLACES = 101;

  private CurveBands() {}

  /**
   * Mean and band of curves; those without a number are left out, and nothing is left where they
   * have no epochs in common.
   *
   * @param curves each by rising epoch
   */
  static List<Point> of(List<List<Point>> curves) {
    List<List<Point>> known =
        curves.stream()
            .map(curve -> curve.stream().filter(p -> Double.isFinite(p.y())).toList())
            .filter(curve -> !curve.isEmpty())
            .toList();
    if (known.isEmpty()) {
      return List.of();
    }
    List<Double> epochs = epochs(known);
    if (epochs.isEmpty()) {
      return List.of();
    }
    List<CurveBand> bands =
        CurveBand.of(known.stream().map(curve -> values(curve, epochs)).toList());
    return IntStream.range(0, bands.size())
        .mapToObj(
            i ->
                new Point(
                    epochs.get(i), bands.get(i).mean(), bands.get(i).low(), bands.get(i).high()))
        .toList();
  }

  private static List<Double> epochs(List<List<Point>> curves) {
    List<Double> first = curves.get(0).stream().map(Point::x).toList();
    boolean same =
        curves.stream().allMatch(curve -> curve.stream().map(Point::x).toList().equals(first));
    if (same && first.size() <= PLACES) {
      return first;
    }
    double low = curves.stream().mapToDouble(curve -> curve.get(0).x()).max().orElseThrow();
    double high =
        curves.stream().mapToDouble(curve -> curve.get(curve.size() - 1).x()).min().orElseThrow();
    List<Double> places = new ArrayList<>();
    for (int i = 0; i < PLACES && low <= high; i++) {
      places.add(low + (high - low) * i / (PLACES - 1));
    }
    return places;
  }

  private static double[] values(List<Point> curve, List<Double> epochs) {
    double[] values = new double[epochs.size()];
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      double epoch = epochs.get(i);
      while (at < curve.size() - 2 && curve.get(at + 1).x() <= epoch) {
        at++;
      }
      Point from = curve.get(at);
      Point to = curve.get(Math.min(at + 1, curve.size() - 1));
      double share = to.x() > from.x() ? (epoch - from.x()) / (to.x() - from.x()) : 0;
      values[i] = from.y() + Math.max(0, Math.min(1, share)) * (to.y() - from.y());
    }
    return values;
  }
}
