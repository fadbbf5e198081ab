package org.medtransformers.gateway.submission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An experiment that may be started.
 *
 * @param document as it was given
 * @param notices what a reader should know
 */
public record ExperimentDraft(
    String name, JsonNode document, List<RunDraft> runs, List<String> notices) {}
