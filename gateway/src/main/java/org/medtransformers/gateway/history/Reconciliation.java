package org.medtransformers.gateway.history;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.RunInquired;
import org.medtransformers.contracts.event.Stage;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.lifecycle.RunLifecycle;
import org.medtransformers.gateway.lifecycle.Silence;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.event.Outbox;

/**
 * Compares runs with what their workers have: asks for all at the start, then for each of which
 * nothing was heard for as long as its state allows. See {@link Silence} for what follows.
 */
@Singleton
public final class Reconciliation {
  private static final Logger LOG = Logger.getLogger(Reconciliation.class);

  /** So many of a stage are asked for at a time; the others soon after. */
  private static final int BATCH = 1000;

  private final RunPlans plans;
  private final History history;
  private final Outbox outbox;
  private final Database database;
  private final GatewayConfig.Reconciliation config;
  private final Clock clock;
  private Instant started;

  /** Whether the broker has not taken what was asked before. */
  private boolean questionsWait;

  Reconciliation(
      RunPlans plans,
      History history,
      Outbox outbox,
      Database database,
      GatewayConfig config,
      Clock clock) {
    this.plans = plans;
    this.history = history;
    this.outbox = outbox;
    this.database = database;
    this.config = config.reconciliation();
    this.clock = clock;
  }

  @Scheduled(
      every = "${medtrans.gateway.reconciliation.every}", // GatewayConfig.Reconciliation.every
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void compare() {
    try {
      Instant now = clock.instant();
      started = started == null ? now : started;
      // Asking again would only make the queue longer.
      questionsWait = outbox.waits(RunInquired.class);
      for (Stage stage : Stage.all()) {
        compare(stage, false, now.minus(limit(stage)));
        compare(stage, true, now.minus(config.cancelPatience()));
      }
    } catch (RuntimeException e) {
      LOG.warnf("Runs are compared with their jobs another time: %s", e.getMessage());
    }
  }

  private Duration limit(Stage stage) {
    return switch (stage) {
      case PREPARE -> config.preparing();
      case TRAIN -> config.training();
      case EVALUATE -> config.evaluating();
    };
  }

  /**
   * Asks for the runs of which nothing was heard since {@code limit}, or since before the start.
   */
  private void compare(Stage stage, boolean cancelling, Instant limit) {
    Instant since = limit.isAfter(started) ? limit : started;
    database
        .inTransaction(() -> RunEntity.silent(stage.state(), cancelling, since, BATCH))
        .forEach(run -> compare(run, stage, cancelling, since));
  }

  /** One that cannot be looked at does not keep others from it. */
  private void compare(UUID run, Stage stage, boolean cancelling, Instant since) {
    try {
      database.inTransaction(() -> look(run, stage, cancelling, since));
    } catch (RuntimeException e) {
      LOG.warnf(e, "Run %s is compared with its job another time", run);
    }
  }

  private void look(UUID id, Stage stage, boolean cancelling, Instant since) {
    RunEntity.experimentOf(id)
        .flatMap(ExperimentEntity::lock)
        .ifPresent(
            experiment -> {
              RunEntity run = RunEntity.findById(id);
              // Another replica may have asked, or a worker may have answered meanwhile.
              if (run.state == stage.state()
                  && run.cancelRequested == cancelling
                  && run.contact.last().isBefore(since)) {
                follow(experiment, run);
              }
            });
  }

  private void follow(ExperimentEntity experiment, RunEntity run) {
    Instant now = clock.instant();
    if (run.contact.last().isBefore(started)) {
      run.contact.askedAfresh(now);
    }
    if (run.cancelRequested && run.contact.unanswered(config.cancelPatience(), now)) {
      abandon(experiment, run);
      return;
    }
    if (run.contact.unanswered(config.noticeAfter(), now)) {
      Silence.told(run.status(), run.contact.unansweredSince)
          .ifPresent(t -> history.record(experiment, run, t));
    }
    if (!questionsWait) {
      ask(run, now);
    }
  }

  private void ask(RunEntity run, Instant now) {
    Silence.question(run.id.toString(), run.status())
        .ifPresent(
            question -> {
              outbox.append(question.topic(), question.event());
              run.contact.asked(now);
            });
  }

  private void abandon(ExperimentEntity experiment, RunEntity run) {
    Silence.abandon(plans.of(run), run.status()).ifPresent(t -> history.record(experiment, run, t));
  }

  /**
   * Asks the workers of {@code run} to stop, again if that was asked before. Where it had gone
   * unanswered for a while, it ends at once; for a shorter one if that was asked before, but not
   * sooner than they can answer, as a client whose own answer got lost asks again, too.
   */
  public void cancel(ExperimentEntity experiment, RunEntity run) {
    Instant now = clock.instant();
    if (run.contact.unanswered(config.cancelPatience(), now)
        || (run.cancelRequested && run.contact.unanswered(config.secondCancelPatience(), now))) {
      abandon(experiment, run);
    } else if (run.cancelRequested) {
      ask(run, now);
    } else {
      RunLifecycle.apply(plans.of(run), run.status(), new RunCancelRequested(run.id.toString()))
          .ifPresent(
              t -> {
                history.record(experiment, run, t);
                run.contact.asked(now);
              });
    }
  }
}
