package org.medtransformers.gateway.lifecycle;

import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.event.WorkOrder;

/** What workers are told to do with a run. */
final class Commands {
  private Commands() {}

  /**
   * What is to be done in the state that {@code run} is in.
   *
   * @throws IllegalArgumentException where workers have nothing to do in it
   */
  static Event of(RunPlan plan, RunStatus run) {
    return switch (run.state()) {
      case PREPARING ->
          new DatasetEvent.PrepareRequested(
              plan.runId(),
              plan.config().dataset(),
              plan.config().medtrans(),
              plan.config().looksAcrossSplits(),
              order(plan, run));
      case TRAINING ->
          new TrainingEvent.Requested(
              plan.runId(),
              plan.seed(),
              plan.config(),
              run.outcome().dataset(),
              plan.file().sha256(),
              plan.start().orElse(null),
              plan.experiment(),
              order(plan, run));
      case EVALUATING ->
          new EvaluationEvent.Requested(
              plan.runId(),
              plan.config(),
              run.outcome().dataset(),
              run.outcome().checkpoint(),
              plan.file().sha256(),
              plan.model().map(TrainedModel::weightsSha256).orElse(null),
              order(plan, run));
      case QUEUED, SUCCEEDED, FAILED, CANCELLED ->
          throw new IllegalArgumentException("nothing is to be done with a run " + run.state());
    };
  }

  private static WorkOrder order(RunPlan plan, RunStatus run) {
    return new WorkOrder(
        plan.experimentId(),
        plan.config().medtrans().priority(),
        run.watermark().attempt(),
        run.attemptsAfter());
  }
}
