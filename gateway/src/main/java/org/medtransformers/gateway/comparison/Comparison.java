package org.medtransformers.gateway.comparison;

import java.util.List;
import java.util.Objects;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.ComparisonTable.ColumnSplit;
import org.medtransformers.contracts.result.ComparisonTable.Row;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.entity.RunEntity;

/** Sums the runs of an experiment up as the paper does. */
public final class Comparison {
  private Comparison() {}

  /** The table of one experiment. */
  public static ComparisonTable of(List<RunEntity> runs) {
    return table(runs.stream().map(Compared::of).toList());
  }

  /** Rows and columns in the order in which they first appear among {@code all}. */
  static ComparisonTable table(List<Compared> all) {
    List<Compared> runs = all.stream().filter(Compared::counts).toList();
    List<String> datasets = runs.stream().map(r -> r.run().dataset).distinct().toList();
    List<Model> models = runs.stream().map(Compared::model).distinct().toList();
    List<Column> columns = datasets.stream().map(d -> column(d, runs)).toList();
    return new ComparisonTable(columns, models.stream().map(m -> row(m, datasets, runs)).toList());
  }

  private static Column column(String dataset, List<Compared> runs) {
    List<PreparedDataset> known =
        runs.stream()
            .map(Compared::run)
            .filter(r -> r.dataset.equals(dataset) && r.prepared != null)
            .map(r -> r.prepared)
            .toList();
    return new Column(
        dataset,
        known.isEmpty() ? null : known.get(0).description().targetMetric().key(),
        known.stream().anyMatch(p -> p.description().synthetic()),
        known.stream()
            .filter(p -> p.split() != null)
            .map(p -> new ColumnSplit(p.split().kind(), p.split().sha256(), p.leakingGroups()))
            .distinct()
            .toList());
  }

  private static Row row(Model model, List<String> datasets, List<Compared> runs) {
    List<Cell> cells = datasets.stream().map(d -> cell(model, d, runs)).toList();
    return new Row(model.initialisation(), model.backbone(), cells);
  }

  private static Cell cell(Model model, String dataset, List<Compared> runs) {
    List<RunEntity> planned =
        runs.stream()
            .filter(r -> r.run().dataset.equals(dataset) && r.model().equals(model))
            .map(Compared::run)
            .toList();
    List<Double> values =
        planned.stream()
            .filter(r -> r.state == RunState.SUCCEEDED)
            .map(r -> r.targetMetric(r.testMetrics))
            .filter(Objects::nonNull)
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
}
