package org.medtransformers.gateway.lifecycle;

import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.RunUnknown;
import org.medtransformers.contracts.event.Stage;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.RunState;

/**
 * The life of a run:
 *
 * <pre>
 * QUEUED ─▶ PREPARING ─▶ TRAINING ─▶ EVALUATING ─▶ SUCCEEDED
 *               │            │            │
 *               └────────────┴────────────┴─▶ FAILED, CANCELLED ─▶ PREPARING, if resumed
 * </pre>
 *
 * A later phase stays QUEUED until the one before has ended. A run whose plan names a model goes
 * from PREPARING to EVALUATING, one that tries a learning rate from TRAINING to SUCCEEDED. An event
 * counts only in the state that it belongs to and only beyond the run's {@link Watermark}, so that
 * duplicates, late events and events of a fenced attempt change nothing. Whoever works on a run
 * decides when it has stopped: cancelling asks, and the run ends when the worker says so or before
 * its next phase. What is done where nobody says anything is in {@link Silence}.
 */
public final class RunLifecycle {
  private RunLifecycle() {}

  /** Begins a run that has just been accepted; a later phase waits for the one before. */
  public static Transition start(RunPlan plan) {
    Event accepted =
        new ExperimentEvent.RunStateChanged(
            plan.experimentId(), plan.runId(), null, RunState.QUEUED, null);
    return plan.phase().number() > 1
        ? Transition.within(
            RunStatus.QUEUED.enter(RunState.QUEUED, Details.waiting(plan.phase())), accepted)
        : prepare(plan, RunStatus.QUEUED, List.of(accepted));
  }

  /**
   * What it means for a later phase that the one before has ended; empty where it has not, or
   * nothing waits for it any more.
   *
   * @param plan with what the run begins with, where {@code before} has succeeded
   * @param beforeId the run of the phase before
   * @param before how it is now
   */
  public static Optional<Transition> followOn(
      RunPlan plan, RunStatus run, String beforeId, RunStatus before) {
    if (run.state() != RunState.QUEUED) {
      return Optional.empty();
    }
    return switch (before.state()) {
      case QUEUED, PREPARING, TRAINING, EVALUATING -> Optional.empty();
      case SUCCEEDED -> Optional.of(prepare(plan, run, List.of()));
      case FAILED -> {
        ErrorInfo error = failed(plan, beforeId, before.outcome());
        yield Optional.of(end(plan, run.with(run.outcome().failed(error)), RunState.FAILED));
      }
      case CANCELLED -> Optional.of(end(plan, run, RunState.CANCELLED));
    };
  }

  /**
   * Lets a run go on that has failed or was cancelled, as the same run. Its data set is prepared
   * again, which finds what is there; then it is trained from its last checkpoint, or measured
   * where it was trained.
   *
   * @param waits whether it is of a later phase, and the one before has not ended yet
   * @param anew whether its training begins anew, since its last checkpoint was removed
   */
  public static Transition resume(RunPlan plan, RunStatus run, boolean waits, boolean anew) {
    RunStatus resuming = run.resuming();
    RunStatus again =
        anew
            ? resuming.with(resuming.outcome().noticed(Notices.trainedAnew(plan.config())))
            : resuming;
    if (!waits) {
      return prepare(plan, again, List.of());
    }
    RunStatus queued = again.enter(RunState.QUEUED, Details.waiting(plan.phase()));
    return Transition.between(plan, run.state(), queued, List.of());
  }

  private static Transition prepare(RunPlan plan, RunStatus run, List<Event> causes) {
    RunStatus preparing = run.enter(RunState.PREPARING, Details.PREPARE_WAITING);
    return Transition.commanding(plan, run.state(), preparing, causes);
  }

  private static Transition end(RunPlan plan, RunStatus run, RunState last) {
    return Transition.between(plan, run.state(), run.end(last), List.of());
  }

  private static ErrorInfo failed(RunPlan plan, String beforeId, RunOutcome before) {
    return new ErrorInfo(
        before.error().code(),
        "phase %d, run %s, has failed: %s"
            .formatted(plan.phase().number() - 1, beforeId, before.error().message()));
  }

  /** What {@code event} does to {@code run}; empty where it does nothing. */
  public static Optional<Transition> apply(RunPlan plan, RunStatus run, Event event) {
    if (event instanceof RunCancelRequested e) {
      return cancel(plan, run, e);
    }
    if (event instanceof RunUnknown e) {
      return Silence.unknown(plan, run, e);
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
    if (run.state() == RunState.QUEUED) {
      return Optional.of(Transition.cancelled(plan, run, e));
    }
    return Stage.of(run.state())
        .map(stage -> new Outgoing(stage.commands(), e))
        .map(message -> Transition.within(run.cancelling(), e).sending(message));
  }
}
