package org.medtransformers.contracts.result;

import java.time.Instant;
import java.util.List;

/**
 * What {@code ./medtrans run --json} writes and {@code GET /api/v1/experiments/{id}} contains.
 *
 * @param table of the runs that no search has made
 * @param searches for the learning rate; empty in an experiment that compares
 */
public record ExperimentResult(
    Summary experiment,
    List<RunResult> runs,
    ComparisonTable table,
    List<LearningRateSearch> searches) {

  public record Summary(String id, String name, ExperimentState state, Instant created) {}
}
