package org.medtransformers.gateway.history;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.RunHeld;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.gateway.audit.TestLooks;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.Ids;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.lifecycle.RunLifecycle;
import org.medtransformers.gateway.lifecycle.Silence;
import org.medtransformers.gateway.lifecycle.Transition;
import org.medtransformers.service.metric.Meters;

/**
 * Lets events act on stored runs. The experiment's row is locked first and for the whole
 * transaction, so that everything about one experiment happens one after the other, whichever
 * replica does it.
 */
@Singleton
public final class RunEvents {
  private static final Logger LOG = Logger.getLogger(RunEvents.class);

  private final RunPlans plans;
  private final History history;
  private final TestLooks looks;
  private final Meters meters;
  private final Clock clock;

  RunEvents(RunPlans plans, History history, TestLooks looks, Meters meters, Clock clock) {
    this.looks = looks;
    this.plans = plans;
    this.history = history;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Lets {@code event}, whose key is the run's id, act in the caller's transaction. What belongs to
   * no run here, or comes too late, has no effect.
   */
  public void handle(Event event) {
    Optional<UUID> runId = Ids.parse(event.key());
    boolean applied =
        runId
            .flatMap(RunEntity::experimentOf)
            .flatMap(ExperimentEntity::lock)
            .map(experiment -> apply(experiment, runId.orElseThrow(), event))
            .orElse(false);
    String type = EventTypes.of(event.getClass()).name();
    if (!applied) {
      LOG.debugf("%s of run %s has no effect", type, event.key());
    }
    meters.counter(Metric.RUN_EVENTS, type, applied ? "applied" : "ignored").increment();
  }

  private boolean apply(ExperimentEntity experiment, UUID runId, Event event) {
    RunEntity run = RunEntity.findById(runId);
    boolean counts =
        event instanceof RunHeld held
            ? Silence.isBrokenBy(run.status(), held)
            : change(experiment, run, event);
    if (counts) {
      run.contact.heard(clock.instant());
    }
    return counts;
  }

  private boolean change(ExperimentEntity experiment, RunEntity run, Event event) {
    Optional<Transition> transition = RunLifecycle.apply(plans.of(run), run.status(), event);
    transition.ifPresent(t -> history.record(experiment, run, t));
    if (transition.isPresent() && isOfTest(run, event)) {
      looks.measured(experiment, run).ifPresent(run::notice);
    }
    return transition.isPresent();
  }

  private static boolean isOfTest(RunEntity run, Event event) {
    return event instanceof EvaluationEvent.Completed
        && run.file().config().medtrans().evaluation().split() == Split.TEST;
  }
}
