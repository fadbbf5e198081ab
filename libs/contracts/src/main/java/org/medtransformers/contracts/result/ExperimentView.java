package org.medtransformers.contracts.result;

import java.util.List;

/**
 * {@code GET /api/v1/experiments/{id}}: an {@link ExperimentResult} with live progress.
 *
 * @param searches for the learning rate; empty in an experiment that compares
 * @param labelEfficiency of data sets of which several fractions of the training images are used
 * @param notices what a reader should know, such as settings that do nothing here
 */
public record ExperimentView(
    ExperimentResult.Summary experiment,
    List<RunView> runs,
    ComparisonTable table,
    List<LearningRateSearch> searches,
    List<LabelEfficiency> labelEfficiency,
    List<String> notices) {

  /** The part that lasts. */
  public ExperimentResult result() {
    return new ExperimentResult(
        experiment, runs.stream().map(RunView::result).toList(), table, searches, labelEfficiency);
  }
}
