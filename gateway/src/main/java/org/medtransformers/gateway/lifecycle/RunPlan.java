package org.medtransformers.gateway.lifecycle;

import java.util.Optional;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.StartingPoint;

/**
 * What never changes about a run.
 *
 * @param configSha256 of the resolved run file
 * @param model what to evaluate where nothing is trained
 * @param start what a training begins with, if not with first weights
 */
public record RunPlan(
    String runId,
    String experimentId,
    long seed,
    RunConfig config,
    String configSha256,
    Optional<TrainedModel> model,
    Optional<StartingPoint> start) {}
