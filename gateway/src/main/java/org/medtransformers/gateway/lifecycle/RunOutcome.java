package org.medtransformers.gateway.lifecycle;

import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.result.Metrics;

/**
 * What a run has brought so far; null where it has not.
 *
 * @param checkpoint folder of the model, relative to the artifact root
 * @param val metrics of that model on the validation split
 * @param test on the test split
 */
public record RunOutcome(
    PreparedDataset dataset, String checkpoint, Metrics val, Metrics test, ErrorInfo error) {
  public static final RunOutcome NONE = new RunOutcome(null, null, null, null, null);

  RunOutcome prepared(PreparedDataset prepared) {
    return new RunOutcome(prepared, checkpoint, val, test, error);
  }

  RunOutcome trained(String folder, Metrics validation) {
    return new RunOutcome(dataset, folder, validation, test, error);
  }

  /** Metrics of the training split are in the results file only: nobody compares them. */
  RunOutcome evaluated(Split split, Metrics metrics) {
    return switch (split) {
      case TRAIN -> this;
      case VAL -> new RunOutcome(dataset, checkpoint, metrics, test, error);
      case TEST -> new RunOutcome(dataset, checkpoint, val, metrics, error);
    };
  }

  RunOutcome failed(ErrorInfo reason) {
    return new RunOutcome(dataset, checkpoint, val, test, reason);
  }
}
