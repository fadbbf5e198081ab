package org.medtransformers.plots.result;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.ComparisonTable.Row;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.figure.Intervals;
import org.medtransformers.plots.figure.Labels;
import org.medtransformers.plots.figure.Layer;
import org.medtransformers.plots.figure.Mark;
import org.medtransformers.plots.figure.Numbers;
import org.medtransformers.plots.figure.Point;
import org.medtransformers.plots.figure.Points;

/** The target metric of one data set, every training a point, beside its median and spread. */
public final class SeedsPlot {
  private static final double BELOW = 0.45;

  private final Column column;
  private final List<Arm> arms;

  private record Arm(Row row, Cell cell) {}

  private SeedsPlot(Column column, List<Arm> arms) {
    this.column = column;
    this.arms = arms;
  }

  /**
   * A row for each row of the table that has a number.
   *
   * @param name of the figure
   * @param column of the table, from 0; it has a number and so a metric
   */
  public static Figure of(String name, ComparisonTable table, int column) {
    List<Arm> arms =
        table.rows().stream()
            .filter(row -> known(row.cells().get(column)))
            .map(row -> new Arm(row, row.cells().get(column)))
            .toList();
    return new SeedsPlot(table.columns().get(column), arms).figure(name);
  }

  /** Whether there is something to show. */
  public static boolean known(Cell cell) {
    return cell != null && cell.median() != null && !cell.values().isEmpty();
  }

  private Figure figure(String name) {
    Rows rows = new Rows();
    for (int i = 0; i < Math.min(Rows.MOST, arms.size()); i++) {
      add(rows, arms.get(i), Mark.of(i));
    }
    String n = Names.range(arms.stream().mapToInt(arm -> arm.cell().n()), thing()) + " per model";
    return new Figure(
        name,
        "%s by model, %s".formatted(column.metric(), column.dataset()),
        caption(),
        n,
        List.of(
            rows.panel(
                "%s%s: %s of every %s"
                    .formatted(
                        Labels.shown(column.dataset(), Labels.NAME),
                        column.synthetic() ? " (synthetic images)" : "",
                        column.metric(),
                        thing()),
                "n = " + n,
                column.metric() + ", test images",
                List.of())),
        this::numbers);
  }

  private String thing() {
    return thing(column);
  }

  /** What the values of a column are each of. */
  static String thing(Column column) {
    return column.folds() == null ? "training" : "cross-validation";
  }

  private String caption() {
    return "Each small point is one %s on the test images; the large one is their median, the bar a standard deviation (n − 1) to either side.%s"
        .formatted(
            thing(),
            arms.size() > Rows.MOST
                ? " Of %d models the first %d are shown.".formatted(arms.size(), Rows.MOST)
                : "");
  }

  private void add(Rows rows, Arm arm, Mark mark) {
    double median = arm.cell().median();
    double std = arm.cell().std() == null ? 0 : arm.cell().std();
    List<Point> values =
        arm.cell().values().stream()
            .filter(Double::isFinite)
            .map(value -> Point.of(value, rows.y() + BELOW))
            .toList();
    values.forEach(point -> rows.holds(point.x()));
    rows.holds(median - std);
    rows.holds(median + std);
    List<Layer> shown = new ArrayList<>();
    if (Double.isFinite(median)) {
      Point middle =
          new Point(
              median,
              rows.y(),
              Double.isFinite(std) ? median - std : median,
              Double.isFinite(std) ? median + std : median);
      shown.add(new Intervals(null, mark, List.of(middle), false));
    }
    shown.add(new Points(null, mark, values, 4, true));
    rows.add(
        Names.of(arm.row().initialisation(), arm.row().backbone()),
        "median %s%s (n = %d%s)"
            .formatted(
                Names.number(median),
                arm.cell().std() == null ? "" : " ± " + Names.number(std),
                arm.cell().n(),
                arm.cell().n() == arm.cell().planned() ? "" : " of " + arm.cell().planned()),
        shown);
  }

  private Numbers numbers() {
    Numbers numbers =
        new Numbers(
            "dataset",
            "metric",
            "model",
            "initialisation",
            "number",
            "value",
            "median",
            "std",
            "n");
    for (Arm arm : arms) {
      Cell cell = arm.cell();
      IntStream.range(0, cell.values().size())
          .forEach(
              i ->
                  numbers.line(
                      column.dataset(),
                      column.metric(),
                      arm.row().backbone(),
                      arm.row().initialisation(),
                      i + 1,
                      cell.values().get(i),
                      cell.median(),
                      cell.std(),
                      cell.n()));
    }
    return numbers;
  }
}
