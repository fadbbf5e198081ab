package org.medtransformers.gateway.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.ComparisonTable.ColumnSplit;
import org.medtransformers.contracts.result.ComparisonTable.Row;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.entity.RunEntity;

/** Sums the runs of experiments up as the paper does. */
public final class Comparison {
  private Comparison() {}

  /** The table of one experiment, without the numbers that only files tell. */
  public static ComparisonTable of(List<RunEntity> runs) {
    return table(MergedRuns.of(runs), Pooling.NONE);
  }

  /** Rows and columns in the order in which they first appear among {@code runs}. */
  static ComparisonTable table(List<Compared> runs, Pooling pooling) {
    Map<String, List<Compared>> byDataset =
        runs.stream()
            .collect(
                Collectors.groupingBy(Compared::dataset, LinkedHashMap::new, Collectors.toList()));
    List<Column> columns = new ArrayList<>();
    byDataset.forEach((dataset, own) -> columns.add(column(dataset, own)));
    List<Model> models = runs.stream().map(Compared::model).distinct().toList();
    return new ComparisonTable(
        columns, models.stream().map(model -> row(model, byDataset, pooling)).toList());
  }

  private static Column column(String dataset, List<Compared> runs) {
    List<PreparedDataset> known =
        runs.stream().map(r -> r.run().prepared).filter(Objects::nonNull).toList();
    return new Column(
        dataset,
        known.isEmpty() ? null : known.get(0).description().targetMetric().key(),
        known.stream().anyMatch(p -> p.description().synthetic()),
        known.stream()
            .filter(p -> p.split() != null)
            .map(p -> new ColumnSplit(p.split().kind(), p.split().sha256(), p.leakingGroups()))
            .distinct()
            .toList(),
        runs.get(0).round().map(RunConfig.Split::folds).orElse(null));
  }

  private static Row row(Model model, Map<String, List<Compared>> byDataset, Pooling pooling) {
    List<Cell> cells = new ArrayList<>();
    byDataset
        .values()
        .forEach(
            runs ->
                cells.add(
                    cell(runs.stream().filter(r -> r.model().equals(model)).toList(), pooling)));
    return new Row(model.initialisation(), model.backbone(), cells);
  }

  private static Cell cell(List<Compared> planned, Pooling pooling) {
    if (planned.stream().anyMatch(run -> run.round().isPresent())) {
      return FoldedCell.of(Pool.of(planned), pooling);
    }
    List<Double> values =
        planned.stream()
            .filter(r -> r.run().state == RunState.SUCCEEDED)
            .flatMap(r -> value(r).stream())
            .toList();
    return values.isEmpty()
        ? null
        : new Cell(
            Spread.median(values),
            Spread.standardDeviation(values),
            values.size(),
            planned.size(),
            values);
  }

  /** What the data set is judged by, of the images that the run has tested. */
  static Optional<Double> value(Compared run) {
    return Optional.ofNullable(run.run().targetMetric(run.run().testMetrics));
  }
}
