package org.medtransformers.gateway.history;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.comparison.Comparison;
import org.medtransformers.gateway.comparison.Searches;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.RunEventEntity;
import org.medtransformers.gateway.lifecycle.Outgoing;
import org.medtransformers.gateway.lifecycle.RunLifecycle;
import org.medtransformers.gateway.lifecycle.Transition;
import org.medtransformers.gateway.retention.Cleaner;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.event.Outbox;

/**
 * Makes what the life cycle decided last: state, history and outgoing events, in the caller's
 * transaction, which holds the lock on the experiment.
 */
@Singleton
public final class History {
  private final RunPlans plans;
  private final Outbox outbox;
  private final Database database;
  private final ExperimentNews news;
  private final RunMeters meters;
  private final Cleaner cleaner;
  private final Clock clock;

  History(
      RunPlans plans,
      Outbox outbox,
      Database database,
      ExperimentNews news,
      RunMeters meters,
      Cleaner cleaner,
      Clock clock) {
    this.plans = plans;
    this.outbox = outbox;
    this.database = database;
    this.news = news;
    this.meters = meters;
    this.cleaner = cleaner;
    this.clock = clock;
  }

  /**
   * {@code run} becomes what {@code transition} says. With its end the runs that wait for it go on,
   * or end too; with the last run the experiment ends.
   */
  public void record(ExperimentEntity experiment, RunEntity run, Transition transition) {
    Instant now = clock.instant();
    transition.history().forEach(e -> time(run, e, now));
    RunState before = run.state;
    run.become(transition.status(), now)
        .ifPresent(stayed -> database.afterCommit(() -> meters.left(before, stayed, run, now)));
    transition.history().forEach(e -> append(experiment, run.id, e, now));
    for (Outgoing message : transition.outgoing()) {
      outbox.append(message.topic(), message.event());
    }
    if (run.state.terminal()) {
      run.followers().forEach(next -> followOn(experiment, run, next));
      endIfOver(experiment, now);
      cleaner.runEnded();
    }
  }

  private void time(RunEntity run, Event event, Instant now) {
    if (event instanceof TrainingEvent.Started started) {
      run.train(started.device(), now)
          .ifPresent(waited -> database.afterCommit(() -> meters.begun(waited)));
    } else if (event instanceof TrainingEvent training) {
      run.heard(training, now);
    }
  }

  private void followOn(ExperimentEntity experiment, RunEntity before, RunEntity next) {
    if (before.state == RunState.SUCCEEDED) {
      next.start = before.start(StartingPoint.Use.BACKBONE);
    }
    RunLifecycle.followOn(plans.of(next), next.status(), before.id.toString(), before.status())
        .ifPresent(transition -> record(experiment, next, transition));
  }

  /** {@code event} is about the experiment as a whole. */
  public void record(ExperimentEntity experiment, Event event) {
    append(experiment, null, event, clock.instant());
    outbox.append(event);
  }

  private void append(ExperimentEntity experiment, UUID runId, Event event, Instant at) {
    RunEventEntity.append(experiment.id, runId, event, at);
    String id = experiment.id.toString();
    database.afterCommit(() -> news.tell(id));
  }

  private void endIfOver(ExperimentEntity experiment, Instant now) {
    ExperimentState state = ExperimentState.of(RunEntity.statesOf(experiment.id));
    boolean told = experiment.state != ExperimentState.RUNNING;
    if (told || state == ExperimentState.RUNNING) {
      return;
    }
    experiment.state = state;
    experiment.endedAt = now;
    List<RunEntity> runs = RunEntity.of(experiment.id);
    record(
        experiment,
        new ExperimentEvent.Ended(
            experiment.id.toString(),
            experiment.name,
            state,
            Comparison.of(runs),
            Searches.of(runs)));
  }
}
