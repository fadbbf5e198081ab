package org.medtransformers.contracts.result;

import java.util.List;

/**
 * {@code GET /api/v1/experiments/{id}}: an {@link ExperimentResult} with live progress.
 *
 * @param runs the first ones; the rest is had by pages, {@link RunPage}
 * @param runsTotal how many there are; a gateway of before there were pages gives all and does not
 *     say
 * @param searches for the learning rate; empty in an experiment that compares
 * @param labelEfficiency of data sets of which several fractions of the training images are used
 * @param notices what a reader should know, such as settings that do nothing here
 */
public record ExperimentView(
    ExperimentResult.Summary experiment,
    List<RunView> runs,
    int runsTotal,
    ComparisonTable table,
    List<LearningRateSearch> searches,
    List<LabelEfficiency> labelEfficiency,
    List<String> notices) {

  /** The most {@link #runs} that an answer has, and a page of them. */
  public static final int MOST_RUNS = 100;

  public ExperimentView {
    runsTotal = Math.max(runsTotal, runs.size());
  }

  /** The same with {@code all} of its runs. */
  public ExperimentView withRuns(List<RunView> all) {
    return new ExperimentView(
        experiment, all, runsTotal, table, searches, labelEfficiency, notices);
  }

  /** The part that lasts; of an experiment {@link #withRuns all} of its runs. */
  public ExperimentResult result() {
    return new ExperimentResult(
        experiment, runs.stream().map(RunView::result).toList(), table, searches, labelEfficiency);
  }
}
