package org.medtransformers.gateway.comparison;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.service.database.Database;

/** Compares the runs of experiments: the table, and tests of whether it shows more than chance. */
@Singleton
public final class Comparisons {
  private final PredictionComparisons tests;
  private final PooledCells pooled;
  private final Database database;
  private final Access access;

  Comparisons(PredictionComparisons tests, PooledCells pooled, Database database, Access access) {
    this.access = access;
    this.tests = tests;
    this.pooled = pooled;
    this.database = database;
  }

  /**
   * @param runs that are compared
   * @param trainings those that others begin with, and those that are compared
   */
  private record Found(List<Summary> experiments, List<Compared> runs, List<Compared> trainings) {}

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
    ArmCosts.Outcome costs = ArmCosts.of(found.trainings());
    return new ExperimentComparison(
        found.experiments(),
        table,
        outcome.tests(),
        outcome.verdicts(),
        outcome.ranks(),
        LabelEfficiencies.curves(found.runs(), table),
        costs.costs(),
        notes(found.runs(), outcome.notes(), costs.notes()));
  }

  /** What is not whole, what could not be compared, and what is to be known of the runs. */
  private static List<String> notes(
      List<Compared> runs, List<String> ofTests, List<String> ofCosts) {
    Stream<String> ofRuns = runs.stream().flatMap(r -> r.run().allNotices().stream());
    return Stream.of(MissingFolds.notes(runs).stream(), ofTests.stream(), ofCosts.stream(), ofRuns)
        .flatMap(notes -> notes)
        .distinct()
        .toList();
  }

  /** The table of one experiment's runs; files are read where models were cross-validated. */
  public ComparisonTable table(List<RunEntity> runs) {
    return Comparison.table(MergedRuns.of(runs), pooled);
  }

  /** The runs of one experiment that its table compares. */
  public static List<Compared> compared(List<RunEntity> runs) {
    return MergedRuns.of(runs);
  }

  /** What the data of one experiment's runs are called in its table. */
  public static Function<RunEntity, String> headings(List<RunEntity> runs) {
    return MergedRuns.columns(runs)::of;
  }

  private Found find(List<String> ids) {
    List<Summary> summaries = new ArrayList<>();
    List<List<RunEntity>> runs = new ArrayList<>();
    for (String id : ids.stream().distinct().toList()) {
      ExperimentEntity experiment = ExperimentEntity.require(id, access.scope());
      summaries.add(experiment.summary());
      runs.add(RunEntity.of(experiment.id));
    }
    List<Compared> compared = MergedRuns.of(summaries, runs);
    List<Compared> trainings = new ArrayList<>(MergedRuns.begunWith(summaries, runs));
    trainings.addAll(compared);
    return new Found(summaries, compared, trainings);
  }
}
