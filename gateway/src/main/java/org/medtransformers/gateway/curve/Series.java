package org.medtransformers.gateway.curve;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** Points of a run by rising iteration, in columns: those of hundreds of runs are kept. */
final class Series {
  private final double[] iterations;
  private final double[] epochs;
  private final double[] seconds;
  private final Map<CurveMetric, double[]> values = new EnumMap<>(CurveMetric.class);

  private Series(double[] iterations, double[] epochs, double[] seconds) {
    this.iterations = iterations;
    this.epochs = epochs;
    this.seconds = seconds;
  }

  /**
   * The series of {@code points}.
   *
   * @param second since the training began
   * @param value of a metric at a point, NaN where it has none
   */
  static <T> Series of(
      List<T> points,
      ToDoubleFunction<T> iteration,
      ToDoubleFunction<T> epoch,
      ToDoubleFunction<T> second,
      List<CurveMetric> metrics,
      ToDoubleBiFunction<CurveMetric, T> value) {
    Series series =
        new Series(column(points, iteration), column(points, epoch), column(points, second));
    for (CurveMetric metric : metrics) {
      double[] column = column(points, p -> value.applyAsDouble(metric, p));
      if (!Arrays.stream(column).allMatch(Double::isNaN)) {
        series.values.put(metric, column);
      }
    }
    return series;
  }

  private static <T> double[] column(List<T> points, ToDoubleFunction<T> value) {
    return points.stream().mapToDouble(value).toArray();
  }

  /** By the axis; empty where the metric has no value anywhere. */
  Line line(CurveMetric metric, Axis axis) {
    double[] y = values.get(metric);
    return y == null ? Line.EMPTY : new Line(x(axis), y);
  }

  private double[] x(Axis axis) {
    return switch (axis) {
      case ITERATION -> iterations;
      case EPOCH -> epochs;
      case SECONDS -> seconds;
    };
  }

  /** As REST shows it. */
  RunCurves.Columns columns() {
    Map<String, List<Double>> shown = new LinkedHashMap<>();
    values.forEach((metric, column) -> shown.put(metric.key(), list(column)));
    return new RunCurves.Columns(list(iterations), list(epochs), list(seconds), shown);
  }

  static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
