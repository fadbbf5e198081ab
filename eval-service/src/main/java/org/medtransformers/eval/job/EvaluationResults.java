package org.medtransformers.eval.job;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.result.Metrics;

/**
 * The results file of a run, {@code results.json}.
 *
 * @param configSha256 of the resolved run file; null where the request did not say
 * @param checkpoint folder of the model, relative to the artifact root
 * @param dataset with its split sizes
 * @param split on which was measured
 * @param predictions the file with one line per image, in the same folder
 */
@RegisterForReflection
record EvaluationResults(
    String runId,
    String configSha256,
    String checkpoint,
    PreparedDataset dataset,
    Split split,
    Metrics metrics,
    String predictions) {}
