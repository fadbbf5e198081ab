package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A validated experiment document, expanded.
 *
 * @param document as it was given
 * @param notices what a reader should know, such as settings that do nothing here
 */
public record Experiment(
    String name,
    long seed,
    int repetitions,
    JsonNode document,
    List<PlannedRun> runs,
    List<String> notices) {}
