package org.medtransformers.contracts.event;

import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.result.Metrics;

/** Evaluation of one trained model on the test split. */
public sealed interface EvaluationEvent extends Event {
  String runId();

  @Override
  default String key() {
    return runId();
  }

  /**
   * @param checkpoint folder of the model, relative to the artifact root
   */
  record Requested(String runId, RunConfig config, PreparedDataset dataset, String checkpoint)
      implements EvaluationEvent {}

  /**
   * @param results the results file, relative to the artifact root
   */
  record Completed(String runId, int attempt, Metrics metrics, String results)
      implements EvaluationEvent {}

  record Failed(String runId, int attempt, ErrorInfo error) implements EvaluationEvent {}

  record Cancelled(String runId, int attempt) implements EvaluationEvent {}
}
