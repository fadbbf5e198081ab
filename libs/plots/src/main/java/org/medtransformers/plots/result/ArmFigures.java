package org.medtransformers.plots.result;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
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

/** The models of one data set side by side, each with the band of its trainings. */
public final class ArmFigures {
  private static final String BANDS =
      " Lines: mean over the trainings; bands: between their 5 % and 95 % quantiles, place by place (of few trainings nearly the smallest and the largest).";

  /** Of all matrices of a figure. */
  private static final int MOST_CELLS = 800;

  private final String suffix;
  private final String dataset;
  private final List<String> classes;
  private final boolean binary;
  private final List<Arm> arms;
  private final int planned;

  private ArmFigures(
      String suffix,
      String dataset,
      List<String> classes,
      boolean binary,
      List<Arm> arms,
      int planned) {
    this.suffix = suffix;
    this.dataset = dataset;
    this.classes = classes;
    this.binary = binary;
    this.arms = arms;
    this.planned = planned;
  }

  /**
   * The figures for which there are numbers.
   *
   * @param suffix of their names
   * @param classes names of the data set's
   * @param binary whether the second of two classes is the positive one
   * @param planned trainings that were asked for, those of models without any prediction too
   */
  public static List<Figure> of(
      String suffix,
      String dataset,
      List<String> classes,
      boolean binary,
      List<Arm> arms,
      int planned) {
    ArmFigures figures = new ArmFigures(suffix, dataset, classes, binary, arms, planned);
    List<Figure> all = new ArrayList<>();
    if (arms.stream().anyMatch(arm -> !arm.roc().isEmpty())) {
      all.add(figures.roc());
    }
    if (arms.stream().anyMatch(arm -> !arm.precisionRecall().isEmpty())) {
      all.add(figures.precisionRecall());
    }
    if (!arms.isEmpty()) {
      all.add(figures.reliability());
    }
    if (classes.size() <= ConfusionPanel.MOST_CLASSES
        && arms.stream().anyMatch(arm -> !arm.confusion().isEmpty())) {
      all.add(figures.confusion());
    }
    return all;
  }

  private List<Arm> shown() {
    return arms.stream().limit(Lines.MOST).toList();
  }

  private String n() {
    return Names.range(arms.stream().mapToInt(Arm::trainings), "training")
        + " per model, "
        + Names.range(
            arms.stream().flatMap(arm -> arm.images().stream()).mapToInt(n -> n), "test image")
        + " each";
  }

  private String missing() {
    int read = arms.stream().mapToInt(Arm::trainings).sum();
    String few =
        read == planned
            ? ""
            : " Of %d trainings that were planned, %d have predictions.".formatted(planned, read);
    return arms.size() <= Lines.MOST
        ? few
        : few + " Of %d models the first %d are shown.".formatted(arms.size(), Lines.MOST);
  }

  private String positive() {
    return binary
        ? " Positive: " + Labels.shown(classes.get(1), Labels.NAME) + "."
        : " Each class against the rest, mean over the classes.";
  }

  private Figure roc() {
    List<Layer> layers = new ArrayList<>(List.of(new Guide(0, 0, 1, 1)));
    lines(layers, Arm::roc, Arm::rocAuc, "AUC");
    return figure(
        "roc",
        "ROC",
        "True positive rate at fixed false positive rates (vertical averaging), linear between the points of each training's curve."
            + positive()
            + BANDS,
        unit("ROC", "false positive rate", "true positive rate", layers),
        () -> bands("false_positive_rate", "true_positive_rate", "roc_auc", Arm::roc, Arm::rocAuc));
  }

  private Figure precisionRecall() {
    List<Layer> layers = new ArrayList<>();
    lines(layers, Arm::precisionRecall, Arm::averagePrecision, "AP");
    return figure(
        "pr",
        "Precision over recall",
        "Precision at fixed recalls: that at the highest threshold with this recall or more, a step and never a line between points, so that the area below is the average precision (AP)."
            + positive()
            + BANDS,
        unit("Precision over recall", "recall", "precision", layers),
        () ->
            bands(
                "recall",
                "precision",
                "average_precision",
                Arm::precisionRecall,
                Arm::averagePrecision));
  }

  private void lines(
      List<Layer> layers,
      Function<Arm, List<Point>> curve,
      ToDoubleFunction<Arm> area,
      String name) {
    for (int i = 0; i < shown().size(); i++) {
      Arm arm = arms.get(i);
      if (!curve.apply(arm).isEmpty()) {
        String label =
            "%s: %s %s"
                .formatted(Names.of(arm.model()), name, Names.number(area.applyAsDouble(arm)));
        layers.add(new Line(label, Mark.dashed(i), curve.apply(arm), false));
      }
    }
  }

  private Figure reliability() {
    List<Layer> layers = new ArrayList<>(List.of(new Guide(0, 0, 1, 1)));
    for (int i = 0; i < shown().size(); i++) {
      Arm arm = arms.get(i);
      List<Point> points =
          arm.calibration().bins().stream()
              .filter(bin -> bin.n() > 0)
              .map(bin -> Point.of(bin.confidence(), bin.accuracy()))
              .toList();
      String label =
          "%s: error %s"
              .formatted(Names.of(arm.model()), Names.number(arm.calibration().expectedError()));
      layers.add(new Line(label, Mark.of(i), points, true));
    }
    return figure(
        "reliability",
        "Reliability",
        "Share of the predictions that are right over the probability of what is predicted, all trainings together, in %d bins of equal width; the error is the expected calibration error, mean over the trainings; dashed: as often right as it says."
            .formatted(arms.get(0).calibration().bins().size()),
        unit("Reliability", "confidence", "accuracy", layers),
        this::bins);
  }

  private Figure confusion() {
    // Large matrices are large pictures.
    int most = Math.max(1, (int) (MOST_CELLS / (classes.size() * (long) classes.size())));
    List<Arm> drawn =
        shown().stream().filter(arm -> !arm.confusion().isEmpty()).limit(most).toList();
    String omitted =
        drawn.size() < shown().size()
            ? " The first %d models are drawn.".formatted(drawn.size())
            : "";
    return new Figure(
        "confusion" + suffix,
        "Confusion matrices, " + dataset,
        "Test images by what they show and what is predicted, summed over the trainings of a model, so that an image counts once for each; the darker, the larger the share of those that show it."
            + missing()
            + omitted,
        n(),
        drawn.stream().map(this::matrix).toList(),
        this::cells);
  }

  private Panel matrix(Arm arm) {
    String sum =
        "n = %d: sum over %s"
            .formatted(
                arm.images().stream().mapToLong(n -> n).sum(),
                Names.count(arm.trainings(), "training"));
    return ConfusionPanel.of(Names.of(arm.model()), sum, classes, arm.confusion());
  }

  private Panel unit(String title, String x, String y, List<Layer> layers) {
    return new Panel(
        Labels.shown(dataset, Labels.NAME) + ": " + title,
        "n = " + n(),
        Axis.share(x),
        Axis.share(y),
        layers,
        Lines.height(layers.size()));
  }

  private Figure figure(
      String name, String title, String caption, Panel panel, Supplier<Numbers> numbers) {
    return new Figure(
        name + suffix, title + ", " + dataset, caption + missing(), n(), List.of(panel), numbers);
  }

  private Numbers bands(
      String x,
      String y,
      String area,
      Function<Arm, List<Point>> curve,
      ToDoubleFunction<Arm> value) {
    Numbers numbers =
        new Numbers("dataset", "model", "initialisation", "trainings", area, x, y, "low", "high");
    for (Arm arm : arms) {
      for (Point point : curve.apply(arm)) {
        numbers.line(
            dataset,
            arm.model().backbone(),
            arm.model().initialisation(),
            arm.trainings(),
            value.applyAsDouble(arm),
            point.x(),
            point.y(),
            point.low(),
            point.high());
      }
    }
    return numbers;
  }

  private Numbers bins() {
    ReliabilityNumbers bins = ReliabilityNumbers.of();
    arms.forEach(arm -> bins.add(arm.model(), arm.calibration().bins()));
    return bins.numbers();
  }

  private Numbers cells() {
    ConfusionPanel.Table cells = ConfusionPanel.numbers();
    arms.forEach(arm -> cells.add(arm.model(), classes, arm.confusion()));
    return cells.numbers();
  }
}
