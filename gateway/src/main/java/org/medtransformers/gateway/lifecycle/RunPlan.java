package org.medtransformers.gateway.lifecycle;

import java.util.Optional;
import org.medtransformers.contracts.config.RunConfig;

/**
 * What never changes about a run.
 *
 * @param configSha256 of the resolved run file
 * @param model what to evaluate where nothing is trained
 */
public record RunPlan(
    String runId,
    String experimentId,
    long seed,
    RunConfig config,
    String configSha256,
    Optional<TrainedModel> model) {}
