package org.medtransformers.gateway.lifecycle;

import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.RunState;

/**
 * The life of a run:
 *
 * <pre>
 * QUEUED ─▶ PREPARING ─▶ TRAINING ─▶ EVALUATING ─▶ SUCCEEDED
 *               │            │            │
 *               └────────────┴────────────┴─▶ FAILED, CANCELLED
 * </pre>
 *
 * A run whose plan names a model goes from PREPARING to EVALUATING, one that tries a learning rate
 * from TRAINING to SUCCEEDED. An event counts only in the state that it belongs to and only beyond
 * the run's {@link Watermark}, so that duplicates, late events and events of a fenced attempt
 * change nothing. Whoever works on a run decides when it has stopped: cancelling asks, and the run
 * ends when the worker says so or before its next phase.
 */
public final class RunLifecycle {
  private RunLifecycle() {}

  /** Begins a run that has just been accepted. */
  public static Transition start(RunPlan plan) {
    Event accepted =
        new ExperimentEvent.RunStateChanged(
            plan.experimentId(), plan.runId(), null, RunState.QUEUED, null);
    Event prepare =
        new DatasetEvent.PrepareRequested(
            plan.runId(),
            plan.config().dataset(),
            plan.config().medtrans(),
            plan.config().looksAcrossSplits());
    RunStatus preparing = RunStatus.QUEUED.enter(RunState.PREPARING, Details.PREPARE_WAITING);
    return Transition.between(
        plan, RunState.QUEUED, preparing, List.of(accepted), List.of(prepare));
  }

  /** What {@code event} does to {@code run}; empty where it does nothing. */
  public static Optional<Transition> apply(RunPlan plan, RunStatus run, Event event) {
    if (event instanceof RunCancelRequested e) {
      return cancel(plan, run, e);
    }
    if (event instanceof DatasetEvent e && run.state() == RunState.PREPARING) {
      return Preparing.apply(plan, run, e);
    }
    if (event instanceof TrainingEvent e && run.state() == RunState.TRAINING) {
      return Training.apply(plan, run, e);
    }
    if (event instanceof EvaluationEvent e && run.state() == RunState.EVALUATING) {
      return Evaluating.apply(plan, run, e);
    }
    return Optional.empty();
  }

  private static Optional<Transition> cancel(RunPlan plan, RunStatus run, RunCancelRequested e) {
    if (run.cancelRequested()) {
      return Optional.empty();
    }
    return switch (run.state()) {
      case QUEUED -> Optional.of(Transition.cancelled(plan, run, e));
      case PREPARING -> ask(run, e, Topics.DATASET_COMMANDS);
      case TRAINING -> ask(run, e, Topics.TRAINING_COMMANDS);
      case EVALUATING -> ask(run, e, Topics.EVALUATION_COMMANDS);
      case SUCCEEDED, FAILED, CANCELLED -> Optional.empty();
    };
  }

  private static Optional<Transition> ask(RunStatus run, RunCancelRequested e, String topic) {
    return Optional.of(
        new Transition(run.cancelling(), List.of(e), List.of(new Outgoing(topic, e))));
  }
}
