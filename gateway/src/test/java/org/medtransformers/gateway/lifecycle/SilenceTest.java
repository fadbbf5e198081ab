package org.medtransformers.gateway.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.RunHeld;
import org.medtransformers.contracts.event.RunInquired;
import org.medtransformers.contracts.event.RunUnknown;
import org.medtransformers.contracts.event.Stage;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.result.RunState;

class SilenceTest {
  private static final Instant SINCE = Instant.parse("2026-05-04T03:02:01Z");

  private final RunPlan plan = Samples.plan();

  @ParameterizedTest
  @EnumSource(Stage.class)
  void theWorkersThatHaveTheRunAreAsked(Stage stage) {
    RunStatus run = Samples.in(stage.state());
    assertEquals(
        Optional.of(new Outgoing(stage.commands(), new RunInquired(Samples.RUN, 0))),
        Silence.question(Samples.RUN, run));
    assertEquals(
        Optional.of(new Outgoing(stage.commands(), new RunCancelRequested(Samples.RUN))),
        Silence.question(Samples.RUN, run.cancelling()));
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"QUEUED", "SUCCEEDED", "FAILED", "CANCELLED"})
  void nobodyIsAskedForARunThatIsWithNoWorker(RunState state) {
    assertEquals(Optional.empty(), Silence.question(Samples.RUN, Samples.in(state)));
    assertEquals(Optional.empty(), Silence.abandon(plan, Samples.in(state)));
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void workersThatKnowNothingAreToldAgainAndCountOn(Stage stage) {
    RunStatus run = Samples.attempt(Samples.in(stage.state()), 3);
    RunUnknown unknown = new RunUnknown(Samples.RUN, stage);
    Transition t = RunLifecycle.apply(plan, run, unknown).orElseThrow();
    assertEquals(List.of(Outgoing.of(Commands.of(plan, run))), t.outgoing());
    assertEquals(List.of(unknown), t.history());
    assertEquals(stage.state(), t.status().state());
    assertEquals(run.watermark(), t.status().watermark());
    assertTrue(t.status().outcome().notices().get(0).contains(stage.state().toString()));
  }

  @ParameterizedTest
  @EnumSource(RunState.class)
  void whoHasNothingToDoWithTheRunAnyMoreNeedNotKnowIt(RunState state) {
    for (Stage stage : Stage.all()) {
      if (stage.state() != state) {
        RunUnknown late = new RunUnknown(Samples.RUN, stage);
        assertEquals(Optional.empty(), RunLifecycle.apply(plan, Samples.in(state), late));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void aRunThatIsToBeCancelledEndsWhereItsWorkersDoNotKnowIt(Stage stage) {
    RunStatus run = Samples.in(stage.state()).cancelling();
    Transition t = RunLifecycle.apply(plan, run, new RunUnknown(Samples.RUN, stage)).orElseThrow();
    assertEquals(RunState.CANCELLED, t.status().state());
    assertEquals(
        List.of(Topics.EXPERIMENT_EVENTS), t.outgoing().stream().map(Outgoing::topic).toList());
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void whatIsAbandonedEndsAndItsWorkersAreToldToStop(Stage stage) {
    Transition t = Silence.abandon(plan, Samples.in(stage.state())).orElseThrow();
    assertEquals(RunState.CANCELLED, t.status().state());
    assertEquals(
        List.of(stage.commands(), Topics.EXPERIMENT_EVENTS),
        t.outgoing().stream().map(Outgoing::topic).toList());
    assertEquals(new RunCancelRequested(Samples.RUN), t.outgoing().get(0).event());
  }

  /** Of whichever attempt: a worker may have held it all the time. */
  @ParameterizedTest
  @EnumSource(Stage.class)
  void whatAWorkerSaysOfAnAbandonedRunChangesNothing(Stage stage) {
    RunStatus ended = Silence.abandon(plan, Samples.in(stage.state())).orElseThrow().status();
    for (int attempt : List.of(1, 9)) {
      for (Event event : Samples.everyEvent(attempt)) {
        assertEquals(Optional.empty(), RunLifecycle.apply(plan, ended, event), event::toString);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void whoHoldsWhatWasBeforeTheRunWasResumedSaysNothingOfIt(Stage stage) {
    RunStatus run = Samples.in(stage.state());
    assertTrue(Silence.isBrokenBy(run, new RunHeld(Samples.RUN, stage, 0)));
    RunStatus resumed =
        RunLifecycle.resume(plan, run.end(RunState.CANCELLED), false, false)
            .status()
            .enter(stage.state(), "");
    assertFalse(Silence.isBrokenBy(resumed, new RunHeld(Samples.RUN, stage, 99)));
    assertTrue(Silence.isBrokenBy(resumed, new RunHeld(Samples.RUN, stage, 100)));
    assertFalse(Silence.isBrokenBy(run.end(RunState.FAILED), new RunHeld(Samples.RUN, stage, 0)));
  }

  @Test
  void thatNobodyAnswersIsToldOnceForEachSilence() {
    RunStatus run = Samples.in(RunState.TRAINING);
    RunStatus told = Silence.told(run, SINCE).orElseThrow().status();
    assertEquals(1, told.outcome().notices().size());
    assertTrue(told.outcome().notices().get(0).contains("TRAINING since 2026-05-04T03:02:01Z"));
    assertEquals(RunState.TRAINING, told.state());
    assertEquals(Optional.empty(), Silence.told(told, SINCE));
    assertEquals(
        2,
        Silence.told(told, SINCE.plusSeconds(1)).orElseThrow().status().outcome().notices().size());
  }
}
