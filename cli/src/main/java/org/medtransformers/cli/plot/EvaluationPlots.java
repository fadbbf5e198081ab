package org.medtransformers.cli.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.contracts.result.Calibration;
import org.medtransformers.contracts.result.Curves;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.OperatingPoint;
import org.medtransformers.plots.Png;

/** Pictures of an evaluation: reliability, ROC, precision over recall, confusion. */
public final class EvaluationPlots {
  private static final int SIDE = 720;

  private EvaluationPlots() {}

  /**
   * Draws {@code reliability.png}, {@code roc.png}, {@code pr.png} and, where an image shows one
   * class, {@code confusion.png} into {@code folder}. A picture that cannot be drawn or written is
   * no reason to fail: the numbers are kept without it.
   */
  public static void write(EvaluationResults results, Curves curves, Path folder, Console console) {
    Map<String, Supplier<BufferedImage>> pictures = new LinkedHashMap<>();
    pictures.put("reliability.png", () -> image(reliability(results.calibration())));
    pictures.put("roc.png", () -> image(roc(results, curves)));
    pictures.put("pr.png", () -> image(precisionRecall(results, curves)));
    if (!results.metrics().confusionMatrix().isEmpty()) {
      pictures.put("confusion.png", () -> BitmapEncoder.getBufferedImage(confusion(results)));
    }
    pictures.forEach(
        (name, picture) -> {
          try {
            JsonFile.writeBytes(folder.resolve(name), Png.encode(picture.get()));
          } catch (RuntimeException | LinkageError | InternalError e) {
            // A Java without fonts or without its native parts throws any of these.
            console.notice("The plot " + name + " cannot be drawn: " + e);
          }
        });
    console.notice("Plots: " + folder);
  }

  private static BufferedImage image(XYChart chart) {
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static XYChart reliability(Calibration calibration) {
    List<Calibration.Bin> bins = calibration.bins().stream().filter(bin -> bin.n() > 0).toList();
    XYChart chart =
        chart(
            String.format(
                Locale.ROOT, "Expected calibration error %.4f", calibration.expectedError()),
            "confidence",
            "accuracy");
    diagonal(chart);
    line(
        chart,
        "predictions, in bins",
        bins.stream().map(Calibration.Bin::confidence).toList(),
        bins.stream().map(Calibration.Bin::accuracy).toList(),
        true);
    return chart;
  }

  private static XYChart roc(EvaluationResults results, Curves curves) {
    XYChart chart = chart("ROC, each class against the rest", "false positives", "true positives");
    diagonal(chart);
    forEach(
        curves,
        c -> results.classes().get(c).rocAuc(),
        (name, curve) -> line(chart, name, curve.roc().fpr(), curve.roc().tpr(), false));
    operatingPoint(chart, results.operatingPoint());
    return chart;
  }

  private static void operatingPoint(XYChart chart, OperatingPoint point) {
    if (point == null) {
      return;
    }
    double sensitivity = point.values().get("sensitivity");
    double specificity = point.values().get("specificity");
    if (Double.isFinite(sensitivity) && Double.isFinite(specificity)) {
      chart
          .addSeries(
              "threshold for " + point.positive(), List.of(1 - specificity), List.of(sensitivity))
          .setMarker(SeriesMarkers.CIRCLE);
    }
  }

  private static XYChart precisionRecall(EvaluationResults results, Curves curves) {
    XYChart chart =
        chart("Precision over recall, each class against the rest", "recall", "precision");
    forEach(
        curves,
        c -> results.classes().get(c).averagePrecision(),
        (name, curve) -> line(chart, name, curve.pr().recall(), curve.pr().precision(), false));
    return chart;
  }

  private interface Line {
    void draw(String name, Curves.OfClass curve);
  }

  /** Leaves out a class without a value: it has no curve. */
  private static void forEach(Curves curves, Function<Integer, Double> area, Line line) {
    for (int c = 0; c < curves.classes().size(); c++) {
      double value = area.apply(c);
      if (!Double.isNaN(value)) {
        Curves.OfClass curve = curves.classes().get(c);
        line.draw(String.format(Locale.ROOT, "%s (%.3f)", curve.name(), value), curve);
      }
    }
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(SIDE)
            .height(SIDE)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    return chart;
  }

  private static void style(Styler style) {
    style.setChartBackgroundColor(Color.WHITE);
    style.setLegendPosition(Styler.LegendPosition.OutsideS);
    style.setLegendLayout(Styler.LegendLayout.Vertical);
  }

  private static void diagonal(XYChart chart) {
    chart
        .addSeries("chance, or perfect calibration", List.of(0, 1), List.of(0, 1))
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(Color.LIGHT_GRAY)
        .setShowInLegend(false);
  }

  private static void line(
      XYChart chart, String name, List<Double> x, List<Double> y, boolean points) {
    if (!x.isEmpty()) {
      chart.addSeries(name, x, y).setMarker(points ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
  }

  /** Rows of the matrix run upwards: the truth is the vertical axis. */
  private static HeatMapChart confusion(EvaluationResults results) {
    List<List<Integer>> matrix = results.metrics().confusionMatrix();
    List<String> names = results.origin().dataset().description().classes();
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(SIDE + 200)
            .height(SIDE)
            .title("Confusion: images by truth and prediction")
            .xAxisTitle("prediction")
            .yAxisTitle("truth")
            .build();
    style(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setShowValue(true);
    chart.getStyler().setHeatMapValueDecimalPattern("0");
    chart.getStyler().setXAxisLabelRotation(45);
    int n = names.size();
    List<Number[]> cells =
        IntStream.range(0, n * n)
            .mapToObj(i -> new Number[] {i / n, i % n, matrix.get(i % n).get(i / n)})
            .toList();
    chart.addSeries("images", names, names, cells);
    return chart;
  }
}
