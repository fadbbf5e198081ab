package org.medtransformers.gateway.lifecycle;

import java.util.Optional;
import org.medtransformers.contracts.config.RunConfig;

/**
 * What never changes about a run.
 *
 * @param model what to evaluate where nothing is trained
 */
public record RunPlan(
    String runId, String experimentId, long seed, RunConfig config, Optional<TrainedModel> model) {}
