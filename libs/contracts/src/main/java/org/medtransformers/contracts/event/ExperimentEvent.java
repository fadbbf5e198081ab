package org.medtransformers.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.RunState;

/** What clients ask for and hear of. */
public sealed interface ExperimentEvent extends Event {

  /** Asks for an experiment: {@code experiment} is the same document as the REST body. */
  record Requested(JsonNode experiment) implements ExperimentEvent {
    @Override
    public String key() {
      return "";
    }
  }

  /**
   * @param requestId id of the event that asked for it; null when it came over REST
   */
  record Accepted(String experimentId, String name, String requestId, List<String> runIds)
      implements ExperimentEvent {
    @Override
    public String key() {
      return experimentId;
    }
  }

  /** Nothing was scheduled. */
  record Rejected(String requestId, ErrorInfo error) implements ExperimentEvent {
    @Override
    public String key() {
      return requestId;
    }
  }

  /**
   * @param from null for a new run
   */
  record RunStateChanged(
      String experimentId, String runId, RunState from, RunState to, ErrorInfo error)
      implements ExperimentEvent {
    @Override
    public String key() {
      return runId;
    }
  }

  /**
   * Every run has ended.
   *
   * @param searches for the learning rate; empty in an experiment that compares
   */
  record Ended(
      String experimentId,
      String name,
      ExperimentState state,
      ComparisonTable table,
      List<LearningRateSearch> searches)
      implements ExperimentEvent {
    @Override
    public String key() {
      return experimentId;
    }
  }
}
