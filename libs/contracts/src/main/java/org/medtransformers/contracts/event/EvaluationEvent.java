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
   * @param configSha256 of the resolved run file; null where the sender does not know it
   */
  record Requested(
      String runId,
      RunConfig config,
      PreparedDataset dataset,
      String checkpoint,
      String configSha256)
      implements EvaluationEvent {
    public Requested(String runId, RunConfig config, PreparedDataset dataset, String checkpoint) {
      this(runId, config, dataset, checkpoint, null);
    }
  }

  /**
   * @param results the results file, relative to the artifact root
   */
  record Completed(String runId, int attempt, Metrics metrics, String results)
      implements EvaluationEvent {}

  record Failed(String runId, int attempt, ErrorInfo error) implements EvaluationEvent {}

  record Cancelled(String runId, int attempt) implements EvaluationEvent {}
}
