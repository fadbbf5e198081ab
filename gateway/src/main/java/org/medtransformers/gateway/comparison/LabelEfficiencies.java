package org.medtransformers.gateway.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.ComparisonTable.Row;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.LabelEfficiency.Curve;
import org.medtransformers.contracts.result.LabelEfficiency.Point;
import org.medtransformers.gateway.entity.RunEntity;

/** Reads the columns of one data set, one for each fraction of its training images, as curves. */
public final class LabelEfficiencies {
  private final ComparisonTable table;

  private LabelEfficiencies(ComparisonTable table) {
    this.table = table;
  }

  /**
   * A column of the data set.
   *
   * @param number of the column in the table
   * @param images to train with, the mean over the runs; null where none is prepared
   */
  private record Fraction(int number, double share, Double images) {}

  /** Of the runs of one experiment, whose table is {@code table}. */
  public static List<LabelEfficiency> of(List<RunEntity> runs, ComparisonTable table) {
    return curves(MergedRuns.of(runs), table);
  }

  /** In the order in which the data sets first appear among {@code runs}. */
  static List<LabelEfficiency> curves(List<Compared> runs, ComparisonTable table) {
    Map<String, List<Compared>> bySet =
        runs.stream()
            .collect(Collectors.groupingBy(Compared::set, LinkedHashMap::new, Collectors.toList()));
    List<LabelEfficiency> found = new ArrayList<>();
    bySet.forEach(
        (set, own) -> {
          LabelEfficiencies curves = new LabelEfficiencies(table);
          List<Fraction> fractions = curves.fractions(own);
          if (fractions.size() > 1) {
            found.add(curves.of(set, fractions));
          }
        });
    return List.copyOf(found);
  }

  private List<Fraction> fractions(List<Compared> runs) {
    Map<String, List<Compared>> byColumn =
        runs.stream().collect(Collectors.groupingBy(Compared::dataset));
    List<String> headings = table.columns().stream().map(Column::dataset).toList();
    List<Fraction> fractions = new ArrayList<>();
    byColumn.forEach(
        (heading, own) -> {
          OptionalDouble images =
              own.stream()
                  .map(r -> r.run().prepared)
                  .filter(Objects::nonNull)
                  .mapToInt(prepared -> prepared.sizes().train())
                  .average();
          fractions.add(
              new Fraction(
                  headings.indexOf(heading),
                  own.get(0).run().file().config().trainFraction(),
                  images.isPresent() ? images.getAsDouble() : null));
        });
    fractions.sort(Comparator.comparingDouble(Fraction::share));
    return fractions;
  }

  private LabelEfficiency of(String set, List<Fraction> fractions) {
    List<Column> columns = fractions.stream().map(f -> table.columns().get(f.number())).toList();
    return new LabelEfficiency(
        set,
        columns.stream().anyMatch(Column::synthetic),
        columns.stream().map(Column::metric).filter(Objects::nonNull).findFirst().orElse(null),
        table.rows().stream()
            .map(row -> curve(row, fractions))
            .filter(curve -> curve.points().stream().anyMatch(point -> point.cell() != null))
            .toList());
  }

  private static Curve curve(Row row, List<Fraction> fractions) {
    return new Curve(
        row.initialisation(),
        row.backbone(),
        fractions.stream()
            .map(
                f -> {
                  Cell cell = row.cells().get(f.number());
                  return new Point(f.share(), f.images(), cell);
                })
            .toList());
  }
}
