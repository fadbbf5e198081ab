package org.medtransformers.plots.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.LabelEfficiency.Curve;
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
 * The target metric over the share of the training images: a line for each model through its
 * medians, in a band of a standard deviation to either side. A point without a number interrupts
 * the line.
 */
public final class LabelEfficiencyPlot {
  private static final double PERCENT = 100;

  private LabelEfficiencyPlot() {}

  /**
   * One data set.
   *
   * @param name of the figure
   */
  public static Figure of(String name, LabelEfficiency efficiency) {
    String metric = Objects.requireNonNullElse(efficiency.metric(), "target metric");
    String n =
        Names.range(
                efficiency.curves().stream()
                    .flatMap(c -> c.points().stream())
                    .mapToInt(p -> p.cell() == null ? 0 : p.cell().n()),
                "training")
            + " per point";
    List<Layer> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(Lines.MOST, efficiency.curves().size()); i++) {
      lines.add(line(efficiency.curves().get(i), Mark.of(i)));
    }
    return new Figure(
        name,
        "%s with fewer labels, %s".formatted(metric, efficiency.dataset()),
        "Medians over the trainings, on the same test images at every share; bands: a standard deviation (n − 1) to either side.",
        n,
        List.of(
            new Panel(
                "%s%s: fewer labels"
                    .formatted(
                        Labels.shown(efficiency.dataset(), Labels.NAME),
                        efficiency.synthetic() ? " (synthetic images)" : ""),
                "n = " + n,
                Axis.logarithmic("share of the training images, %"),
                Axis.of(metric + ", test images"),
                lines,
                Lines.height(lines.size()))),
        () -> numbers(efficiency, metric));
  }

  private static Line line(Curve curve, Mark mark) {
    return new Line(
        Names.of(curve.initialisation(), curve.backbone()),
        mark,
        curve.points().stream().map(LabelEfficiencyPlot::place).toList(),
        true);
  }

  private static Point place(LabelEfficiency.Point point) {
    double x = point.fraction() * PERCENT;
    if (!point.known()) {
      return Point.of(x, Double.NaN);
    }
    double y = point.cell().median();
    Double std = point.cell().std();
    return std == null || !Double.isFinite(std)
        ? Point.of(x, y)
        : new Point(x, y, y - std, y + std);
  }

  private static Numbers numbers(LabelEfficiency efficiency, String metric) {
    Numbers numbers =
        new Numbers(
            "dataset",
            "metric",
            "model",
            "initialisation",
            "fraction",
            "images",
            "median",
            "std",
            "n");
    for (Curve curve : efficiency.curves()) {
      for (LabelEfficiency.Point p : curve.points()) {
        numbers.line(
            efficiency.dataset(),
            metric,
            curve.backbone(),
            curve.initialisation(),
            p.fraction(),
            p.images(),
            p.cell() == null ? null : p.cell().median(),
            p.cell() == null ? null : p.cell().std(),
            p.cell() == null ? 0 : p.cell().n());
      }
    }
    return numbers;
  }
}
