package org.medtransformers.plots.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.medtransformers.contracts.result.ArmCost;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.plots.figure.Axis;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.figure.Intervals;
import org.medtransformers.plots.figure.Labels;
import org.medtransformers.plots.figure.Layer;
import org.medtransformers.plots.figure.Mark;
import org.medtransformers.plots.figure.Numbers;
import org.medtransformers.plots.figure.Panel;
import org.medtransformers.plots.figure.Point;

/** What the models of one data set take, and what they are worth. */
public final class CostPlot {
  private final Column column;
  private final List<Arm> arms;

  /** A model on one kind of machine. */
  private record Arm(ArmCost cost, Cell cell, String name) {
    Double seconds() {
      return cost.training() == null ? null : cost.training().seconds();
    }

    Double operations() {
      return cost.multiplyAdds() == null ? null : cost.multiplyAdds() / 1e9;
    }
  }

  private CostPlot(Column column, List<Arm> arms) {
    this.column = column;
    this.arms = arms;
  }

  /**
   * Empty where no cost of a model with a number is known.
   *
   * @param name of the figure
   * @param column of the table, from 0
   */
  public static Optional<Figure> of(
      String name, ComparisonTable table, int column, List<ArmCost> costs) {
    Column set = table.columns().get(column);
    List<ArmCost> own = costs.stream().filter(c -> c.dataset().equals(set.dataset())).toList();
    boolean machines = own.stream().map(ArmCost::machine).distinct().count() > 1;
    List<Arm> arms = new ArrayList<>();
    for (ComparisonTable.Row row : table.rows()) {
      Cell cell = row.cells().get(column);
      own.stream()
          .filter(
              c ->
                  c.backbone().equals(row.backbone())
                      && c.initialisation().equals(row.initialisation()))
          .filter(c -> SeedsPlot.known(cell) && Double.isFinite(cell.median()))
          .forEach(
              c ->
                  arms.add(
                      new Arm(
                          c,
                          cell,
                          Names.of(row.initialisation(), row.backbone())
                              + (machines ? ", " + c.machine() : ""))));
    }
    CostPlot plot = new CostPlot(set, arms);
    List<Panel> panels = new ArrayList<>();
    plot.panel("training, seconds", Arm::seconds).ifPresent(panels::add);
    plot.panel("multiply-adds of an image, billions", Arm::operations).ifPresent(panels::add);
    return panels.isEmpty() ? Optional.empty() : Optional.of(plot.figure(name, panels));
  }

  private Optional<Panel> panel(String label, Function<Arm, Double> cost) {
    List<Layer> shown = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      Double x = cost.apply(arms.get(i));
      if (x != null && x > 0 && Double.isFinite(x)) {
        shown.add(
            new Intervals(
                arms.get(i).name(), Mark.of(i), List.of(place(x, arms.get(i).cell())), true));
      }
    }
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Panel(
                "%s: %s against %s"
                    .formatted(Labels.shown(column.dataset(), Labels.NAME), column.metric(), label),
                "n = " + n(),
                Axis.logarithmic(label),
                Axis.of(column.metric() + ", test images"),
                shown,
                Lines.height(shown.size())));
  }

  private static Point place(double x, Cell cell) {
    double std = cell.std() == null || !Double.isFinite(cell.std()) ? 0 : cell.std();
    return new Point(x, cell.median(), cell.median() - std, cell.median() + std);
  }

  private String n() {
    return Names.range(arms.stream().mapToInt(arm -> arm.cell().n()), SeedsPlot.thing(column))
        + " per model";
  }

  private Figure figure(String name, List<Panel> panels) {
    return new Figure(
        name,
        "%s against what it takes, %s".formatted(column.metric(), column.dataset()),
        "Medians over the %ss; bars: a standard deviation (n − 1) of the metric to either side. Times are of one training%s, of several phases the last; those of different machines are not to be compared."
            .formatted(
                SeedsPlot.thing(column), column.folds() == null ? "" : ", that is of one fold"),
        n(),
        panels,
        this::numbers);
  }

  private Numbers numbers() {
    Numbers numbers =
        new Numbers(
            "dataset",
            "metric",
            "model",
            "initialisation",
            "machine",
            "median",
            "std",
            "n",
            "training_seconds",
            "trainings_timed",
            "multiply_adds",
            "parameters");
    for (Arm arm : arms) {
      numbers.line(
          column.dataset(),
          column.metric(),
          arm.cost().backbone(),
          arm.cost().initialisation(),
          arm.cost().machine().toString(),
          arm.cell().median(),
          arm.cell().std(),
          arm.cell().n(),
          arm.seconds(),
          arm.cost().runs(),
          arm.cost().multiplyAdds(),
          arm.cost().parameters());
    }
    return numbers;
  }
}
