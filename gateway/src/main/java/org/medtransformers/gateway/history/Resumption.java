package org.medtransformers.gateway.history;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.lifecycle.RunLifecycle;
import org.medtransformers.gateway.retention.EndedRuns;

/** Lets runs go on that have ended without success, and with them those that ended for it. */
@Singleton
public final class Resumption {
  private final RunPlans plans;
  private final History history;
  private final EndedRuns ended;

  Resumption(RunPlans plans, History history, EndedRuns ended) {
    this.plans = plans;
    this.history = history;
    this.ended = ended;
  }

  /**
   * {@code run}, which has failed or was cancelled, goes on, and its experiment runs again. Runs of
   * later phases that ended with it wait for it once more. In the caller's transaction, which holds
   * the lock on {@code experiment}.
   *
   * @throws MedtransException {@code CONFLICT} if the phase before has not succeeded, and is not at
   *     work
   */
  public void resume(ExperimentEntity experiment, RunEntity run) {
    Optional<RunEntity> before = run.before();
    before.ifPresent(earlier -> requireNotOver(run, earlier));
    boolean waits = before.filter(earlier -> !earlier.state.terminal()).isPresent();
    if (!waits) {
      before.ifPresent(earlier -> run.start = earlier.start(StartingPoint.Use.BACKBONE));
    }
    experiment.state = ExperimentState.RUNNING;
    experiment.endedAt = null;
    resume(experiment, run, waits);
  }

  private void resume(ExperimentEntity experiment, RunEntity run, boolean waits) {
    // Asked for each: what is still there must not be removed before the run needs it.
    boolean kept = ended.keepSession(run.id);
    boolean begun = run.times.device != null && run.checkpoint == null;
    history.record(
        experiment, run, RunLifecycle.resume(plans.of(run), run.status(), waits, begun && !kept));
    run.endedWith().forEach(next -> resume(experiment, next, true));
  }

  private static void requireNotOver(RunEntity run, RunEntity before) {
    if (before.state == RunState.FAILED || before.state == RunState.CANCELLED) {
      throw MedtransException.of(
          ErrorCode.CONFLICT,
          "run %s begins with the model of run %s, phase %d, which is %s: resume that one"
              .formatted(run.id, before.id, before.phase, before.state));
    }
  }
}
