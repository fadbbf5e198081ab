package org.medtransformers.gateway.comparison;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.service.database.Database;

/** Compares the runs of experiments: the table, and tests of whether it shows more than chance. */
@Singleton
public final class Comparisons {
  private final PredictionComparisons tests;
  private final PooledCells pooled;
  private final Database database;

  Comparisons(PredictionComparisons tests, PooledCells pooled, Database database) {
    this.tests = tests;
    this.pooled = pooled;
    this.database = database;
  }

  private record Found(List<Summary> experiments, List<Compared> runs) {}

  /**
   * The comparison as it is now. Files are read and numbers drawn outside a transaction.
   *
   * @param ids of experiments, whose runs are put into one table; unknown ones are {@code
   *     NOT_FOUND}
   */
  public ExperimentComparison of(List<String> ids) {
    Found found = database.inTransaction(() -> find(ids));
    ComparisonTable table = Comparison.table(found.runs(), pooled);
    PredictionComparisons.Outcome outcome = tests.of(found.runs());
    List<String> notes = new ArrayList<>(MissingFolds.notes(found.runs()));
    notes.addAll(outcome.notes());
    return new ExperimentComparison(
        found.experiments(), table, outcome.tests(), List.copyOf(notes));
  }

  /** The table of one experiment's runs; files are read where models were cross-validated. */
  public ComparisonTable table(List<RunEntity> runs) {
    return Comparison.table(MergedRuns.of(runs), pooled);
  }

  /** What the data of one experiment's runs are called in its table. */
  public static Function<RunEntity, String> headings(List<RunEntity> runs) {
    return MergedRuns.columns(runs)::of;
  }

  private static Found find(List<String> ids) {
    List<Summary> summaries = new ArrayList<>();
    List<List<RunEntity>> runs = new ArrayList<>();
    for (String id : ids.stream().distinct().toList()) {
      ExperimentEntity experiment = ExperimentEntity.require(id);
      summaries.add(experiment.summary());
      runs.add(RunEntity.of(experiment.id));
    }
    return new Found(summaries, MergedRuns.of(summaries, runs));
  }
}
