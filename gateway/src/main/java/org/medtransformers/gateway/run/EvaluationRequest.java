package org.medtransformers.gateway.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What to measure of a run's model.
 *
 * @param evaluation {@code medtrans.evaluation} of the experiment file; absent for its defaults
 * @param set values of the run's file to change, by JSON path, such as {@code
 *     dataset_params.data_location} for other images of the same classes
 */
public record EvaluationRequest(JsonNode evaluation, Map<String, JsonNode> set) {
  public EvaluationRequest {
    set = set == null ? Map.of() : Map.copyOf(set);
  }
}
