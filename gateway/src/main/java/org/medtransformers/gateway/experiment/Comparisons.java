package org.medtransformers.gateway.experiment;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.gateway.comparison.Compared;
import org.medtransformers.gateway.comparison.Comparison;
import org.medtransformers.gateway.comparison.MergedRuns;
import org.medtransformers.gateway.comparison.PredictionTests;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.service.database.Database;

/** Compares the runs of experiments: the table, and tests of whether it shows more than chance. */
@Singleton
public final class Comparisons {
  private final Experiments experiments;
  private final PredictionTests tests;
  private final Database database;

  Comparisons(Experiments experiments, PredictionTests tests, Database database) {
    this.experiments = experiments;
    this.tests = tests;
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
    PredictionTests.Outcome outcome = tests.of(found.runs());
    return new ExperimentComparison(
        found.experiments(), Comparison.table(found.runs()), outcome.tests(), outcome.notes());
  }

  private Found find(List<String> ids) {
    List<Summary> summaries = new ArrayList<>();
    List<List<RunEntity>> runs = new ArrayList<>();
    for (String id : ids.stream().distinct().toList()) {
      ExperimentEntity experiment = experiments.find(id);
      summaries.add(experiment.summary());
      runs.add(RunEntity.of(experiment.id));
    }
    return new Found(summaries, MergedRuns.of(summaries, runs));
  }
}
