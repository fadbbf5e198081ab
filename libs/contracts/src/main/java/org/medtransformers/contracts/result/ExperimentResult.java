package org.medtransformers.contracts.result;

import java.time.Instant;
import java.util.List;

/**
 * What {@code ./medtrans run --json} writes and {@code GET /api/v1/experiments/{id}} contains.
 *
 * @param table of the runs that no search has made
 * @param searches for the learning rate; empty in an experiment that compares
 * @param labelEfficiency of data sets of which several fractions of the training images were used
 */
public record ExperimentResult(
    Summary experiment,
    List<RunResult> runs,
    ComparisonTable table,
    List<LearningRateSearch> searches,
    List<LabelEfficiency> labelEfficiency) {

  public record Summary(String id, String name, ExperimentState state, Instant created) {}
}
