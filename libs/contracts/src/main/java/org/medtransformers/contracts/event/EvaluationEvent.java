package org.medtransformers.contracts.event;

import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.cost.InferenceCost;
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
   * @param checkpoint of the model, a checkpoint's folder or a weight file: relative to the
   *     artifact root, or absolute
   * @param configSha256 of the resolved run file; null where the sender does not know it
   * @param weightsSha256 of the weight file; null where it lies in a checkpoint, which has
   *     checksums
   * @param order when it has its turn; null where the sender does not know
   */
  record Requested(
      String runId,
      RunConfig config,
      PreparedDataset dataset,
      String checkpoint,
      String configSha256,
      String weightsSha256,
      WorkOrder order)
      implements EvaluationEvent {}

  /**
   * @param results the results file, relative to the artifact root
   * @param notices what a reader of the numbers should know
   * @param cost of the network, and of looking at the split's images; null where nobody has
   *     measured it
   */
  record Completed(
      String runId,
      int attempt,
      Metrics metrics,
      String results,
      List<String> notices,
      InferenceCost cost)
      implements EvaluationEvent {
    public Completed {
      notices = notices == null ? List.of() : List.copyOf(notices);
    }
  }

  /**
   * @param reason what the evaluation waits for besides its turn; null where it waits no longer
   */
  record Waiting(String runId, int attempt, String reason) implements EvaluationEvent {}

  record Failed(String runId, int attempt, ErrorInfo error) implements EvaluationEvent {}

  record Cancelled(String runId, int attempt) implements EvaluationEvent {}
}
