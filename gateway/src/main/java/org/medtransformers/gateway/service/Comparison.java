package org.medtransformers.gateway.service;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.ComparisonTable.ColumnSplit;
import org.medtransformers.contracts.result.ComparisonTable.Row;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.entity.RunEntity;

/** Sums the runs of an experiment up as the paper does. */
final class Comparison {
  private record Kind(String initialisation, String backbone) {
    boolean has(RunEntity run) {
      return run.initialisation.equals(initialisation) && run.backbone.equals(backbone);
    }
  }

  private Comparison() {}

  /**
   * Rows and columns in the order in which they first appear among {@code all}. Runs that try a
   * learning rate, and those that another one begins with, are not compared.
   */
  static ComparisonTable of(List<RunEntity> all) {
    List<RunEntity> runs = all.stream().filter(r -> r.learningRate == null && r.lastPhase).toList();
    List<String> datasets = runs.stream().map(r -> r.dataset).distinct().toList();
    Set<Kind> kinds = new LinkedHashSet<>();
    runs.forEach(r -> kinds.add(new Kind(r.initialisation, r.backbone)));
    List<Column> columns = datasets.stream().map(d -> column(d, runs)).toList();
    return new ComparisonTable(columns, kinds.stream().map(k -> row(k, datasets, runs)).toList());
  }

  private static Column column(String dataset, List<RunEntity> runs) {
    List<PreparedDataset> known =
        runs.stream()
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

  private static Row row(Kind kind, List<String> datasets, List<RunEntity> runs) {
    List<Cell> cells =
        datasets.stream()
            .map(d -> cell(runs.stream().filter(r -> r.dataset.equals(d) && kind.has(r))))
            .toList();
    return new Row(kind.initialisation(), kind.backbone(), cells);
  }

  private static Cell cell(Stream<RunEntity> runs) {
    List<RunEntity> planned = runs.toList();
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
