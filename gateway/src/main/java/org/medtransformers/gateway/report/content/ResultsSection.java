package org.medtransformers.gateway.report.content;

import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.config.LearningRateGrid;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.Intervals.Interval;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.document.Block;
import org.medtransformers.gateway.document.Block.Heading;
import org.medtransformers.gateway.document.Block.Note;
import org.medtransformers.gateway.document.Block.Table;
import org.medtransformers.gateway.document.Document.Section;
import org.medtransformers.gateway.report.ComparisonBlocks;
import org.medtransformers.gateway.report.Rounding;
import org.medtransformers.gateway.report.content.Study.Trained;

/** Tables of what was measured. */
final class ResultsSection {
  /** More rows are for a file, not for a page. */
  static final int MOST_ROWS = 300;

  private ResultsSection() {}

  static Section of(Study study) {
    List<Block> blocks = new ArrayList<>();
    if (!study.comparison().table().rows().isEmpty()) {
      blocks.addAll(ComparisonBlocks.table(study.comparison()));
      blocks.addAll(ComparisonBlocks.tests(study.comparison()));
      blocks.addAll(ComparisonBlocks.ranks(study.comparison()));
      blocks.addAll(ComparisonBlocks.fractions(study.comparison()));
    }
    study.searches().forEach(search -> blocks.addAll(search(search)));
    List<Trained> evaluated = study.evaluated();
    if (!evaluated.isEmpty()) {
      blocks.add(new Heading("Each training"));
      blocks.add(new Table("", runs(evaluated)));
      if (evaluated.size() > MOST_ROWS) {
        blocks.add(
            new Note(
                "The first %d of %d; the archive has all of them in runs.csv."
                    .formatted(MOST_ROWS, evaluated.size())));
      }
    }
    blocks.addAll(ComparisonBlocks.details(study.comparison()));
    ComparisonBlocks.notes(study.comparison()).forEach(note -> blocks.add(new Note(note)));
    return new Section("results", "Results", blocks);
  }

  private static List<List<String>> runs(List<Trained> evaluated) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "data set",
            "model",
            "initialisation",
            "seed",
            "n",
            "metric",
            "test [95 % interval]",
            "validation"));
    evaluated.stream().limit(MOST_ROWS).forEach(trained -> rows.add(row(trained)));
    return rows;
  }

  private static List<String> row(Trained trained) {
    String metric = trained.run().prepared.description().targetMetric().key();
    String fold =
        DataTraits.crossValidated(trained)
            ? ", fold %d".formatted(DataTraits.config(trained).medtrans().split().fold())
            : "";
    return List.of(
        trained.dataset(),
        trained.run().backbone,
        trained.run().initialisation,
        trained.run().seed + fold,
        Integer.toString(trained.run().testMetrics.n()),
        metric,
        Rounding.metric(trained.run().targetMetric(trained.run().testMetrics))
            + interval(trained.results(), metric),
        Rounding.metric(trained.run().targetMetric(trained.run().valMetrics)));
  }

  private static String interval(EvaluationResults results, String metric) {
    if (results == null || results.intervals() == null) {
      return "";
    }
    Interval interval = results.intervals().values().get(metric);
    return interval == null ? "" : " " + Rounding.interval(interval.low(), interval.high());
  }

  private static List<Block> search(LearningRateSearch search) {
    List<List<String>> rows = new ArrayList<>();
    String metric = search.metric() == null ? "target metric" : search.metric();
    rows.add(List.of("learning rate", metric, "loss", "state"));
    search.points().forEach(point -> rows.add(point(point)));
    return List.of(
        new Table(
            "%s, %s (%s), seed %d: validation images, after the last epoch of each trial"
                .formatted(
                    search.dataset(), search.backbone(), search.initialisation(), search.seed()),
            rows));
  }

  private static List<String> point(LearningRateSearch.Point point) {
    String state =
        point.error() == null
            ? point.state() == RunState.SUCCEEDED ? "" : point.state().name()
            : point.error().code() + ": " + point.error().message();
    return List.of(
        LearningRateGrid.text(point.learningRate()),
        Rounding.metric(point.metric()),
        Rounding.loss(point.loss()),
        state);
  }
}
