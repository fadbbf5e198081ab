package org.medtransformers.contracts.result;

import java.time.Instant;
import java.util.List;

/** What {@code ./medtrans run --json} writes and {@code GET /api/v1/experiments/{id}} contains. */
public record ExperimentResult(Summary experiment, List<RunResult> runs, ComparisonTable table) {

  public record Summary(String id, String name, ExperimentState state, Instant created) {}
}
