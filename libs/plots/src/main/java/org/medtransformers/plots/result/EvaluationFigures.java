package org.medtransformers.plots.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Calibration;
import org.medtransformers.contracts.result.ClassMetrics;
import org.medtransformers.contracts.result.Curves;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.OperatingPoint;
import org.medtransformers.plots.figure.Axis;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.figure.Guide;
import org.medtransformers.plots.figure.Labels;
import org.medtransformers.plots.figure.Layer;
import org.medtransformers.plots.figure.Line;
import org.medtransformers.plots.figure.Mark;
import org.medtransformers.plots.figure.Numbers;
import org.medtransformers.plots.figure.Panel;
import org.medtransformers.plots.figure.Point;
import org.medtransformers.plots.figure.Points;

/**
 * What was measured of one model: ROC, precision over recall, reliability, confusion, thresholds.
 */
public final class EvaluationFigures {
  private final EvaluationResults results;
  private final Curves curves;
  private final String of;
  private final String n;

  private EvaluationFigures(EvaluationResults results, Curves curves) {
    this.results = results;
    this.curves = curves;
    String name = results.origin().runName();
    this.of = name == null ? "" : ", " + Labels.shown(name, Labels.NAME);
    this.n =
        Names.count(results.metrics().n(), "image")
            + " of the "
            + results.origin().split().label()
            + " split";
  }

  /**
   * The figures for which there are numbers.
   *
   * @param curves of the same evaluation
   */
  public static List<Figure> of(EvaluationResults results, Curves curves) {
    EvaluationFigures figures = new EvaluationFigures(results, curves);
    List<Figure> all = new ArrayList<>();
    if (!figures.shown(ClassMetrics::rocAuc).isEmpty()) {
      all.add(figures.roc());
    }
    if (!figures.shown(ClassMetrics::averagePrecision).isEmpty()) {
      all.add(figures.precisionRecall());
    }
    if (results.calibration() != null) {
      all.add(figures.reliability());
    }
    List<List<Integer>> matrix = results.metrics().confusionMatrix();
    if (!matrix.isEmpty() && matrix.size() <= ConfusionPanel.MOST_CLASSES) {
      all.add(figures.confusion());
    }
    if (results.operatingPoint() != null) {
      all.add(figures.operatingPoints());
    }
    return all;
  }

  private Task task() {
    return results.origin().dataset().description().task();
  }

  /** Of two classes the positive one; else those with the most images that have a value. */
  private List<Integer> shown(ToDoubleFunction<ClassMetrics> area) {
    List<ClassMetrics> classes = results.classes();
    return IntStream.range(0, Math.min(classes.size(), curves.classes().size()))
        .filter(c -> task() != Task.BINARY || c == 1)
        .filter(c -> !Double.isNaN(area.applyAsDouble(classes.get(c))))
        .boxed()
        .sorted(Comparator.comparing(c -> -classes.get(c).support()))
        .limit(Lines.MOST)
        .sorted()
        .toList();
  }

  private Figure roc() {
    List<Layer> layers = new ArrayList<>(List.of(new Guide(0, 0, 1, 1)));
    for (int c : shown(ClassMetrics::rocAuc)) {
      Curves.Roc roc = curves.classes().get(c).roc();
      layers.add(line(c, "AUC", results.classes().get(c).rocAuc(), points(roc.fpr(), roc.tpr())));
    }
    OperatingPoint point = results.operatingPoint();
    if (point != null) {
      layers.add(
          new Points(
              "the operating point",
              new Mark(1, 3, 0),
              List.of(
                  Point.of(
                      1 - point.values().get("specificity"), point.values().get("sensitivity")))));
    }
    return figure(
        "roc",
        "ROC",
        "True positives among the positives over false positives among the negatives, a point for each score, joined linearly; dashed: chance."
            + rest(),
        unit("ROC", "false positive rate", "true positive rate", layers),
        this::rocNumbers);
  }

  private Figure precisionRecall() {
    List<Layer> layers = new ArrayList<>();
    for (int c : shown(ClassMetrics::averagePrecision)) {
      Curves.PrecisionRecall pr = curves.classes().get(c).pr();
      double area = results.classes().get(c).averagePrecision();
      layers.add(line(c, "AP", area, steps(pr.recall(), pr.precision())));
    }
    return figure(
        "pr",
        "Precision over recall",
        "Steps, as scikit-learn's average precision (AP) sums them: between two points the precision is that of the one with more recall."
            + rest(),
        unit("Precision over recall", "recall", "precision", layers),
        this::prNumbers);
  }

  private String rest() {
    int classes = results.classes().size();
    String what = task() == Task.BINARY ? "" : " Each class against the rest.";
    return classes > Lines.MOST
        ? what + " Of %d classes the %d with most images are shown.".formatted(classes, Lines.MOST)
        : what;
  }

  private Line line(int c, String area, double value, List<Point> points) {
    return new Line(
        "%s: %s %s".formatted(name(c), area, Names.number(value)), Mark.of(c), points, false);
  }

  private String name(int c) {
    return Labels.shown(results.classes().get(c).name(), 40);
  }

  private static List<Point> points(List<Double> x, List<Double> y) {
    return IntStream.range(0, x.size()).mapToObj(i -> Point.of(x.get(i), y.get(i))).toList();
  }

  /** Where no recall is gained there is no step. */
  private static List<Point> steps(List<Double> x, List<Double> y) {
    List<Point> steps = new ArrayList<>();
    for (int i = 1; i < x.size(); i++) {
      if (x.get(i) > x.get(i - 1)) {
        steps.add(Point.of(x.get(i - 1), y.get(i)));
        steps.add(Point.of(x.get(i), y.get(i)));
      }
    }
    return steps;
  }

  private Figure reliability() {
    Calibration calibration = results.calibration();
    List<Point> points =
        calibration.bins().stream()
            .filter(bin -> bin.n() > 0)
            .map(bin -> Point.of(bin.confidence(), bin.accuracy()))
            .toList();
    String error = "expected calibration error " + Names.number(calibration.expectedError());
    return figure(
        "reliability",
        "Reliability",
        "Share of the predictions that are right over the probability of what is predicted, in "
            + calibration.bins().size()
            + " bins of equal width; dashed: as often right as it says.",
        unit(
            "Reliability",
            "confidence",
            "accuracy",
            List.of(new Guide(0, 0, 1, 1), new Line(error, Mark.of(0), points, true))),
        () -> ReliabilityNumbers.of().add(null, calibration.bins()).numbers());
  }

  private Figure confusion() {
    List<List<Long>> counts =
        results.metrics().confusionMatrix().stream()
            .map(row -> row.stream().map(Integer::longValue).toList())
            .toList();
    List<String> names = results.origin().dataset().description().classes();
    return figure(
        "confusion",
        "Confusion matrix",
        "Images by what they show and what is predicted; the darker, the larger the share of those that show it.",
        ConfusionPanel.of("Confusion matrix" + of, "n = " + n, names, counts),
        () -> ConfusionPanel.numbers().add(null, names, counts).numbers());
  }

  private Figure operatingPoints() {
    OperatingPoint point = results.operatingPoint();
    Curves.OfClass positive = curves.classes().get(1);
    double threshold = point.threshold().probability();
    List<Layer> layers = new ArrayList<>();
    if (Double.isFinite(threshold)) {
      layers.add(new Guide(threshold, 0, threshold, 1));
    }
    List<Double> specificity = positive.roc().fpr().stream().map(fpr -> 1 - fpr).toList();
    layers.add(over(positive.roc().thresholds(), "sensitivity", 0, positive.roc().tpr()));
    layers.add(over(positive.roc().thresholds(), "specificity", 1, specificity));
    layers.add(
        over(
            positive.pr().thresholds(), "positive predictive value", 2, positive.pr().precision()));
    return figure(
        "operating-points",
        "Operating points for " + point.positive(),
        "What the test is worth at each threshold; dashed: the threshold that was chosen on %d images of the validation split, %s."
            .formatted(point.threshold().n(), Names.number(threshold)),
        unit(
            "Operating points", "threshold: positive at this probability or more", "value", layers),
        this::operatingNumbers);
  }

  /** By rising threshold, a step down to the next lower one; the first point has none. */
  private static Line over(List<Double> thresholds, String name, int mark, List<Double> values) {
    List<Point> points = new ArrayList<>();
    double from = 0;
    for (int i = thresholds.size() - 1; i > 0; i--) {
      points.add(Point.of(from, values.get(i)));
      points.add(Point.of(thresholds.get(i), values.get(i)));
      from = thresholds.get(i);
    }
    return new Line(name, Mark.dashed(mark), points, false);
  }

  private Panel unit(String title, String x, String y, List<Layer> layers) {
    return new Panel(
        title, "n = " + n, Axis.share(x), Axis.share(y), layers, Lines.height(layers.size()));
  }

  private Figure figure(
      String name, String title, String caption, Panel panel, Supplier<Numbers> numbers) {
    return new Figure(name, title + of, caption, n, List.of(panel), numbers);
  }

  private Numbers rocNumbers() {
    Numbers numbers =
        new Numbers("class", "threshold", "false_positive_rate", "true_positive_rate");
    for (Curves.OfClass c : curves.classes()) {
      for (int i = 0; i < c.roc().fpr().size(); i++) {
        numbers.line(
            c.name(), c.roc().thresholds().get(i), c.roc().fpr().get(i), c.roc().tpr().get(i));
      }
    }
    return numbers;
  }

  private Numbers prNumbers() {
    Numbers numbers = new Numbers("class", "threshold", "recall", "precision");
    for (Curves.OfClass c : curves.classes()) {
      for (int i = 0; i < c.pr().recall().size(); i++) {
        numbers.line(
            c.name(),
            c.pr().thresholds().get(i),
            c.pr().recall().get(i),
            c.pr().precision().get(i));
      }
    }
    return numbers;
  }

  private Numbers operatingNumbers() {
    Curves.OfClass c = curves.classes().get(1);
    Numbers numbers =
        new Numbers(
            "threshold", "sensitivity", "specificity", "positive_predictive_value", "chosen");
    OperatingPoint point = results.operatingPoint();
    numbers.line(
        point.threshold().probability(),
        point.values().get("sensitivity"),
        point.values().get("specificity"),
        point.values().get("ppv"),
        true);
    for (int i = 0; i < c.roc().fpr().size(); i++) {
      numbers.line(
          c.roc().thresholds().get(i),
          c.roc().tpr().get(i),
          1 - c.roc().fpr().get(i),
          c.pr().precision().get(i),
          false);
    }
    return numbers;
  }
}
