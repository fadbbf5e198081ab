package org.medtransformers.gateway.lifecycle;

import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.cost.InferenceCost;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.Metrics;

/**
 * What a run has brought so far; null where it has not.
 *
 * @param checkpoint folder of the model, relative to the artifact root
 * @param val metrics of that model on the validation split
 * @param knn of its nearest neighbours there, where they were asked besides
 * @param beginning metrics there of the network as it began, where it learned without labels
 * @param test on the test split
 * @param costs what training and evaluation have taken
 * @param notices what a reader of the results should know of the training
 */
public record RunOutcome(
    PreparedDataset dataset,
    String checkpoint,
    Metrics val,
    Metrics knn,
    Metrics beginning,
    Metrics test,
    RunCosts costs,
    List<String> notices,
    ErrorInfo error) {
  public static final RunOutcome NONE =
      new RunOutcome(null, null, null, null, null, null, RunCosts.NONE, List.of(), null);

  public RunOutcome {
    costs = costs == null ? RunCosts.NONE : costs;
    notices = List.copyOf(notices);
  }

  RunOutcome prepared(PreparedDataset prepared) {
    return new RunOutcome(prepared, checkpoint, val, knn, beginning, test, costs, notices, error);
  }

  /** With a model that nothing is known of yet. */
  RunOutcome found(String folder) {
    return new RunOutcome(dataset, folder, null, null, null, test, costs, notices, error);
  }

  RunOutcome trained(String folder, TrainingEvent.Completed end) {
    return new RunOutcome(
        dataset,
        folder,
        end.metrics(),
        end.knn(),
        end.beginning(),
        test,
        new RunCosts(end.costs(), null),
        notices,
        error);
  }

  /** With {@code found}, as far as it is not known yet. */
  RunOutcome noticed(List<String> found) {
    List<String> all = Stream.concat(notices.stream(), found.stream()).distinct().toList();
    return new RunOutcome(dataset, checkpoint, val, knn, beginning, test, costs, all, error);
  }

  /** Metrics of the training split are in the results file only: nobody compares them. */
  RunOutcome evaluated(Split split, Metrics metrics) {
    return switch (split) {
      case TRAIN -> this;
      case VAL ->
          new RunOutcome(dataset, checkpoint, metrics, knn, beginning, test, costs, notices, error);
      case TEST ->
          new RunOutcome(dataset, checkpoint, val, knn, beginning, metrics, costs, notices, error);
    };
  }

  RunOutcome cost(InferenceCost found) {
    return new RunOutcome(
        dataset, checkpoint, val, knn, beginning, test, costs.evaluated(found), notices, error);
  }

  RunOutcome failed(ErrorInfo reason) {
    return new RunOutcome(dataset, checkpoint, val, knn, beginning, test, costs, notices, reason);
  }
}
