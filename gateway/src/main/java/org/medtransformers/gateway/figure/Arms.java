package org.medtransformers.gateway.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Calibration;
import org.medtransformers.contracts.result.ClassMetrics;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.plots.figure.Point;
import org.medtransformers.plots.result.Arm;
import org.medtransformers.statistics.ClassReport;
import org.medtransformers.statistics.CurveBand;
import org.medtransformers.statistics.CurveGrid;
import org.medtransformers.statistics.Outcomes;
import org.medtransformers.statistics.Reliability;

/** Puts what the trainings of one model say of the test images together, one after the other. */
final class Arms {
  private final Model model;
  private final Task task;
  private final List<String> classes;
  private final List<double[]> roc = new ArrayList<>();
  private final List<double[]> precisionRecall = new ArrayList<>();
  private final List<Double> rocAucs = new ArrayList<>();
  private final List<Double> averagePrecisions = new ArrayList<>();
  private final List<Calibration> calibrations = new ArrayList<>();
  private final List<List<List<Integer>>> matrices = new ArrayList<>();
  private final List<Integer> images = new ArrayList<>();

  /**
   * @param classes names of the data set's
   */
  Arms(Model model, Task task, List<String> classes) {
    this.model = model;
    this.task = task;
    this.classes = classes;
  }

  /** One more training; nothing of its images is kept. */
  void add(Outcomes outcomes) {
    List<ClassMetrics> each = ClassReport.metrics(outcomes, classes);
    rocAucs.add(mean(each, ClassMetrics::rocAuc));
    averagePrecisions.add(mean(each, ClassMetrics::averagePrecision));
    keep(CurveGrid.roc(outcomes), roc);
    keep(CurveGrid.precisionRecall(outcomes), precisionRecall);
    calibrations.add(Reliability.of(outcomes));
    matrices.add(outcomes.metrics(Double.NaN).confusionMatrix());
    images.add(outcomes.images());
  }

  private static void keep(double[] curve, List<double[]> curves) {
    if (!Double.isNaN(curve[0])) {
      curves.add(curve);
    }
  }

  /** Of two classes the positive one's value, else the mean over the classes that have one. */
  private double mean(List<ClassMetrics> each, ToDoubleFunction<ClassMetrics> value) {
    DoubleStream values =
        task == Task.BINARY
            ? DoubleStream.of(value.applyAsDouble(each.get(1)))
            : each.stream().mapToDouble(value);
    return mean(values);
  }

  private static double mean(DoubleStream values) {
    return values.filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }

  /** All of them; empty where there are none. */
  Optional<Arm> together() {
    return calibrations.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Arm(
                model,
                calibrations.size(),
                images,
                mean(rocAucs.stream().mapToDouble(v -> v)),
                mean(averagePrecisions.stream().mapToDouble(v -> v)),
                band(roc),
                band(precisionRecall),
                calibration(),
                confusion()));
  }

  private static List<Point> band(List<double[]> curves) {
    if (curves.isEmpty()) {
      return List.of();
    }
    List<CurveBand> bands = CurveBand.of(curves);
    return IntStream.range(0, bands.size())
        .mapToObj(
            i ->
                new Point(
                    CurveGrid.place(i),
                    bands.get(i).mean(),
                    bands.get(i).low(),
                    bands.get(i).high()))
        .toList();
  }

  private Calibration calibration() {
    int bins = calibrations.get(0).bins().size();
    return new Calibration(
        mean(calibrations.stream().mapToDouble(Calibration::expectedError)),
        IntStream.range(0, bins)
            .mapToObj(b -> bin(calibrations.stream().map(c -> c.bins().get(b)).toList()))
            .toList());
  }

  private static Calibration.Bin bin(List<Calibration.Bin> same) {
    int n = same.stream().mapToInt(Calibration.Bin::n).sum();
    return new Calibration.Bin(
        same.get(0).low(),
        same.get(0).high(),
        n,
        weighted(same, Calibration.Bin::confidence) / n,
        weighted(same, Calibration.Bin::accuracy) / n);
  }

  private static double weighted(
      List<Calibration.Bin> bins, ToDoubleFunction<Calibration.Bin> value) {
    return bins.stream()
        .filter(bin -> bin.n() > 0)
        .mapToDouble(bin -> bin.n() * value.applyAsDouble(bin))
        .sum();
  }

  private List<List<Long>> confusion() {
    int size = matrices.get(0).size();
    return IntStream.range(0, size)
        .mapToObj(r -> IntStream.range(0, size).mapToObj(c -> sum(r, c)).toList())
        .toList();
  }

  private long sum(int row, int column) {
    return matrices.stream().mapToLong(matrix -> matrix.get(row).get(column)).sum();
  }
}
