package org.medtransformers.gateway.run;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.DatasetTitle;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunResult.MetricsBySplit;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.gateway.comparison.Comparisons;
import org.medtransformers.gateway.comparison.LabelEfficiencies;
import org.medtransformers.gateway.comparison.Searches;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;

/** Shows entities as clients see them. */
public final class Views {
  private Views() {}

  /** An experiment with the {@code table} of its runs, and the first of them. */
  public static ExperimentView of(
      ExperimentEntity experiment, List<RunEntity> runs, ComparisonTable table) {
    return new ExperimentView(
        experiment.summary(),
        of(runs.stream().limit(ExperimentView.MOST_RUNS).toList(), runs),
        runs.size(),
        table,
        Searches.of(runs),
        LabelEfficiencies.of(runs, table),
        notices(experiment, runs));
  }

  /** {@code some} of {@code all} runs of an experiment, on the data sets that its table names. */
  public static List<RunView> of(List<RunEntity> some, List<RunEntity> all) {
    Function<RunEntity, String> headings = Comparisons.headings(all);
    return some.stream().map(run -> of(run, headings.apply(run))).toList();
  }

  /** What was known when the experiment was accepted, then what the runs brought. */
  private static List<String> notices(ExperimentEntity experiment, List<RunEntity> runs) {
    Stream<String> ofRuns = runs.stream().flatMap(run -> run.allNotices().stream());
    return Stream.concat(experiment.notices.stream(), ofRuns).distinct().toList();
  }

  /** A run by itself, on the data set that its file names. */
  public static RunView of(RunEntity run) {
    return of(run, DatasetTitle.withFraction(run.file().config()));
  }

  private static RunView of(RunEntity run, String dataset) {
    return new RunView(
        run.id.toString(),
        dataset,
        run.backbone,
        run.initialisation,
        run.labels,
        run.repetition,
        run.seed,
        run.phase(),
        run.state,
        run.error,
        new MetricsBySplit(run.valMetrics, run.testMetrics, run.knnMetrics, run.beginningMetrics),
        Objects.requireNonNullElse(run.costs, RunCosts.NONE),
        run.progress);
  }
}
