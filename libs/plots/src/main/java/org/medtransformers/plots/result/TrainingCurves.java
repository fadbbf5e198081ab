package org.medtransformers.plots.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medtransformers.plots.figure.Axis;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.figure.Labels;
import org.medtransformers.plots.figure.Layer;
import org.medtransformers.plots.figure.Line;
import org.medtransformers.plots.figure.Mark;
import org.medtransformers.plots.figure.Numbers;
import org.medtransformers.plots.figure.Panel;
import org.medtransformers.plots.figure.Point;

/**
 * How losses and the metric went while a model was trained.
 *
 * @param model its name; null where there is one alone
 * @param trainings that the curves are of
 * @param loss of training over the epochs; empty where none is known
 * @param validationLoss over the epochs; empty likewise
 * @param metric of the validation split over the epochs; empty likewise
 */
public record TrainingCurves(
    String model, int trainings, List<Point> loss, List<Point> validationLoss, List<Point> metric) {
  private static final String EPOCH = "epoch";

  /**
   * The figure; empty where no curve is known.
   *
   * @param name of the figure
   * @param title of what was trained
   * @param caption how the curves were made
   * @param metric name of the data set's target metric
   */
  public static Optional<Figure> figure(
      String name, String title, String caption, String metric, List<TrainingCurves> all) {
    List<TrainingCurves> shown = all.stream().limit(Lines.MOST).toList();
    String n = Names.range(all.stream().mapToInt(TrainingCurves::trainings), "training");
    if (all.size() > 1) {
      n += " per model";
    }
    List<Layer> losses = new ArrayList<>();
    List<Layer> metrics = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      shown.get(i).add(losses, metrics, i, shown.size() == 1);
    }
    List<Panel> panels = new ArrayList<>();
    panel(Labels.shown(title, Labels.LINE - 6) + ": loss", n, "loss", losses)
        .ifPresent(panels::add);
    panel(
            Labels.shown(title, Labels.LINE - 20) + ": " + metric,
            n,
            metric + ", validation images",
            metrics)
        .ifPresent(panels::add);
    String more =
        all.size() > Lines.MOST
            ? " Of %d models the first %d are shown.".formatted(all.size(), Lines.MOST)
            : "";
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                name, "Training curves, " + title, caption + more, n, panels, () -> numbers(all)));
  }

  private void add(List<Layer> losses, List<Layer> metrics, int i, boolean alone) {
    String of = model == null ? "" : model + ": ";
    Mark mark = Mark.of(alone ? 0 : i);
    if (!loss.isEmpty()) {
      losses.add(new Line(of + "training", new Mark(mark.colour(), mark.shape(), 0), loss, false));
    }
    if (!validationLoss.isEmpty()) {
      losses.add(
          new Line(
              of + "validation",
              new Mark(mark.colour(), mark.shape(), 1),
              validationLoss,
              few(validationLoss)));
    }
    if (!metric.isEmpty()) {
      metrics.add(new Line(model, mark, metric, few(metric)));
    }
  }

  /** Whether every point can be marked. */
  private static boolean few(List<Point> points) {
    return points.size() <= FEW;
  }

  private static final int FEW = 30;

  private static Optional<Panel> panel(String title, String n, String label, List<Layer> lines) {
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Panel(
                title,
                "n = " + n,
                Axis.of(EPOCH),
                Axis.of(label),
                lines,
                Lines.height(lines.size())));
  }

  private static Numbers numbers(List<TrainingCurves> all) {
    Numbers numbers = new Numbers("model", "trainings", "curve", EPOCH, "value", "low", "high");
    for (TrainingCurves curves : all) {
      curves.add(numbers, "loss", curves.loss);
      curves.add(numbers, "validation_loss", curves.validationLoss);
      curves.add(numbers, "validation_metric", curves.metric);
    }
    return numbers;
  }

  private void add(Numbers numbers, String curve, List<Point> points) {
    points.forEach(p -> numbers.line(model, trainings, curve, p.x(), p.y(), p.low(), p.high()));
  }
}
