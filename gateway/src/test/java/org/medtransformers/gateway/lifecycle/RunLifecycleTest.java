package org.medtransformers.gateway.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.RunState;

class RunLifecycleTest {
  private final RunPlan plan = Samples.plan();

  @Test
  void aNewRunAsksForItsDataSet() {
    Transition start = RunLifecycle.start(plan);
    assertEquals(RunState.PREPARING, start.status().state());
    assertEquals(
        List.of(
            new Outgoing(
                Topics.DATASET_COMMANDS,
                new DatasetEvent.PrepareRequested(
                    Samples.RUN,
                    plan.config().dataset(),
                    plan.config().medtrans(),
                    false,
                    Samples.ORDER)),
            new Outgoing(Topics.EXPERIMENT_EVENTS, changed(RunState.QUEUED, RunState.PREPARING))),
        start.outgoing());
    assertEquals(
        List.of(changed(null, RunState.QUEUED), changed(RunState.QUEUED, RunState.PREPARING)),
        start.history());
  }

  /** A validation looks at training images as at its own. */
  @Test
  void aRunWithoutLabelsLooksAcrossSplits() {
    Transition start = RunLifecycle.start(Samples.planWithoutLabels());
    DatasetEvent.PrepareRequested asked =
        (DatasetEvent.PrepareRequested) start.outgoing().get(0).event();
    assertTrue(asked.acrossSplits());
  }

  /** Iteration 0 counts too. */
  @Test
  void progressTellsTheLastValidation() {
    RunStatus run = Samples.in(RunState.TRAINING);
    List<Event> events =
        List.of(
            Samples.started(1, 1),
            new TrainingEvent.Validated(Samples.RUN, 1, 0, 0, Samples.metrics(0.2), false, null),
            Samples.progress(1, 20));
    for (Event event : events) {
      run = RunLifecycle.apply(Samples.plan(), run, event).orElseThrow().status();
    }
    assertEquals(0.2, run.progress().validation());
    Event later =
        new TrainingEvent.Validated(Samples.RUN, 1, 1, 20, Samples.metrics(0.4), true, null);
    run = RunLifecycle.apply(Samples.plan(), run, later).orElseThrow().status();
    assertEquals(0.4, run.progress().validation());
    assertEquals(1.5, run.progress().loss());
  }

  @Test
  void whatTheNeighboursSayOfTheChosenModelIsKept() {
    TrainingEvent.Completed completed =
        new TrainingEvent.Completed(
            Samples.RUN,
            1,
            100,
            80,
            "best",
            Samples.metrics(0.5),
            Samples.metrics(0.3),
            null,
            null);
    Transition t = step(Samples.in(RunState.TRAINING), completed);
    assertEquals(Samples.metrics(0.5), t.status().outcome().val());
    assertEquals(Samples.metrics(0.3), t.status().outcome().knn());
  }

  @Test
  void aLaterPhaseWaitsForTheOneBeforeAndAsksForNothing() {
    Transition start = RunLifecycle.start(Samples.planFollowing());
    assertEquals(RunState.QUEUED, start.status().state());
    assertEquals("waiting for phase 1", start.status().progress().detail());
    assertEquals(List.of(changed(null, RunState.QUEUED)), start.history());
    assertEquals(List.of(), start.outgoing());
  }

  @Test
  void aLaterPhaseBeginsWhenTheOneBeforeHasSucceeded() {
    Transition t = followOn(RunState.SUCCEEDED).orElseThrow();
    assertEquals(RunState.PREPARING, t.status().state());
    assertEquals(Topics.DATASET_COMMANDS, t.outgoing().get(0).topic());
    assertEquals(List.of(changed(RunState.QUEUED, RunState.PREPARING)), t.history());
  }

  @Test
  void aLaterPhaseEndsAsTheOneBeforeWhichDidNotSucceed() {
    RunStatus failed = followOn(RunState.FAILED).orElseThrow().status();
    assertEquals(RunState.FAILED, failed.state());
    assertEquals(
        new ErrorInfo(
            ErrorCode.TRAINING_DIVERGED, "phase 1, run earlier, has failed: loss became NaN"),
        failed.outcome().error());
    RunStatus cancelled = followOn(RunState.CANCELLED).orElseThrow().status();
    assertEquals(RunState.CANCELLED, cancelled.state());
    assertNull(cancelled.outcome().error());
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"QUEUED", "PREPARING", "TRAINING", "EVALUATING"})
  void aLaterPhaseWaitsWhileTheOneBeforeHasNotEnded(RunState before) {
    assertEquals(Optional.empty(), followOn(before));
  }

  @Test
  void whatHasEndedWaitsForNothing() {
    RunStatus cancelled = Samples.in(RunState.QUEUED).end(RunState.CANCELLED);
    assertEquals(
        Optional.empty(),
        RunLifecycle.followOn(
            Samples.planFollowing(), cancelled, "earlier", Samples.in(RunState.SUCCEEDED)));
  }

  private static Optional<Transition> followOn(RunState before) {
    RunStatus ended =
        Samples.in(RunState.TRAINING).with(RunOutcome.NONE.failed(Samples.ERROR)).end(before);
    RunPlan plan = Samples.planFollowing();
    return RunLifecycle.followOn(plan, RunLifecycle.start(plan).status(), "earlier", ended);
  }

  @Test
  void aPreparedDataSetIsTrainedOn() {
    Event prepared = new DatasetEvent.Prepared(Samples.RUN, 1, Samples.DATASET);
    Transition t = step(Samples.in(RunState.PREPARING), prepared);
    assertEquals(RunState.TRAINING, t.status().state());
    assertEquals(Samples.DATASET, t.status().outcome().dataset());
    assertEquals("waiting for a trainer", t.status().progress().detail());
    assertEquals(
        new Outgoing(
            Topics.TRAINING_COMMANDS,
            new TrainingEvent.Requested(
                Samples.RUN,
                7,
                plan.config(),
                Samples.DATASET,
                Samples.SHA,
                null,
                "sample",
                Samples.ORDER)),
        t.outgoing().get(0));
    assertEquals(List.of(prepared, changed(RunState.PREPARING, RunState.TRAINING)), t.history());
  }

  @Test
  void theTrainedModelIsEvaluatedWhereItLies() {
    Transition t = step(Samples.in(RunState.TRAINING), Samples.completed(1));
    assertEquals(RunState.EVALUATING, t.status().state());
    assertEquals(
        new Outgoing(
            Topics.EVALUATION_COMMANDS,
            new EvaluationEvent.Requested(
                Samples.RUN,
                plan.config(),
                Samples.DATASET,
                "runs/" + Samples.RUN + "/checkpoints/best",
                Samples.SHA,
                null,
                Samples.ORDER)),
        t.outgoing().get(0));
    assertEquals(Samples.metrics(0.5), t.status().outcome().val());
  }

  @Test
  void testMetricsEndTheRun() {
    Transition t =
        step(
            Samples.in(RunState.EVALUATING),
            new EvaluationEvent.Completed(
                Samples.RUN, 1, Samples.metrics(0.6), "results.json", List.of(), null));
    assertEquals(RunState.SUCCEEDED, t.status().state());
    assertEquals(Samples.metrics(0.6), t.status().outcome().test());
    assertEquals(
        List.of(
            new Outgoing(
                Topics.EXPERIMENT_EVENTS, changed(RunState.EVALUATING, RunState.SUCCEEDED))),
        t.outgoing());
  }

  @Test
  void aModelThatIsOnlyTestedIsNeverTrained() {
    Transition t =
        RunLifecycle.apply(
                Samples.planTesting(Samples.DATASET.description()),
                Samples.in(RunState.PREPARING),
                new DatasetEvent.Prepared(Samples.RUN, 1, Samples.DATASET))
            .orElseThrow();
    assertEquals(RunState.EVALUATING, t.status().state());
    assertEquals("runs/other/checkpoints/best", t.status().outcome().checkpoint());
    assertEquals(Topics.EVALUATION_COMMANDS, t.outgoing().get(0).topic());
  }

  @Test
  void aModelOfOtherClassesIsNotEvaluated() {
    Transition t =
        RunLifecycle.apply(
                Samples.planTesting(Samples.description(List.of("normal", "cancer"))),
                Samples.in(RunState.PREPARING),
                new DatasetEvent.Prepared(Samples.RUN, 1, Samples.DATASET))
            .orElseThrow();
    assertEquals(RunState.FAILED, t.status().state());
    assertEquals(ErrorCode.CHECKPOINT_INCOMPATIBLE, t.status().outcome().error().code());
    assertTrue(t.status().outcome().error().message().contains("[normal, cancer]"));
  }

  @Test
  void aResumedAttemptTakesOverWhereItsCheckpointWas() {
    RunStatus first = Samples.trainedUpTo(1, 35);
    RunStatus resumed = step(first, Samples.started(2, 31)).status();
    assertEquals(30, resumed.progress().iteration());
    assertEquals(2, resumed.progress().attempt());
    assertEquals(1.5, resumed.progress().epoch());
    assertEquals(Optional.empty(), RunLifecycle.apply(plan, resumed, Samples.progress(1, 40)));
    assertEquals(31, step(resumed, Samples.progress(2, 31)).status().progress().iteration());
  }

  @Test
  void cancellingAsksWhoeverHasTheRun() {
    assertEquals(Topics.DATASET_COMMANDS, cancel(RunState.PREPARING).outgoing().get(0).topic());
    assertEquals(Topics.TRAINING_COMMANDS, cancel(RunState.TRAINING).outgoing().get(0).topic());
    assertEquals(Topics.EVALUATION_COMMANDS, cancel(RunState.EVALUATING).outgoing().get(0).topic());
    assertEquals("cancelling", cancel(RunState.TRAINING).status().progress().detail());
  }

  @Test
  void aRunThatNobodyHasIsCancelledAtOnce() {
    assertEquals(
        RunState.CANCELLED,
        step(RunStatus.QUEUED, new RunCancelRequested(Samples.RUN)).status().state());
  }

  @Test
  void noPhaseBeginsAfterCancelling() {
    RunStatus preparing = cancel(RunState.PREPARING).status();
    Transition prepared =
        step(preparing, new DatasetEvent.Prepared(Samples.RUN, 1, Samples.DATASET));
    assertEquals(RunState.CANCELLED, prepared.status().state());
    Transition trained = step(cancel(RunState.TRAINING).status(), Samples.completed(1));
    assertEquals(RunState.CANCELLED, trained.status().state());
    assertEquals(
        List.of(Topics.EXPERIMENT_EVENTS),
        trained.outgoing().stream().map(Outgoing::topic).toList());
  }

  @Test
  void progressWhileCancellingStillSaysSo() {
    RunStatus cancelling = cancel(RunState.TRAINING).status();
    assertEquals(
        "cancelling", step(cancelling, Samples.progress(1, 3)).status().progress().detail());
  }

  @Test
  void aMeasuredRunSucceedsEvenIfCancelledTooLate() {
    RunStatus cancelling = cancel(RunState.EVALUATING).status();
    Event measured =
        new EvaluationEvent.Completed(
            Samples.RUN, 1, Samples.metrics(0.6), "results.json", List.of(), null);
    assertEquals(RunState.SUCCEEDED, step(cancelling, measured).status().state());
  }

  @Test
  void aFailureKeepsItsReasonAndTheLastProgress() {
    RunStatus run = Samples.trainedUpTo(1, 35);
    Transition t = step(run, new TrainingEvent.Failed(Samples.RUN, 1, Samples.ERROR));
    assertEquals(RunState.FAILED, t.status().state());
    assertEquals(Samples.ERROR, t.status().outcome().error());
    assertEquals(35, t.status().progress().iteration());
    assertNull(t.status().progress().detail());
  }

  @Test
  void aTrainingThatWaitsForTheDiskSaysSoAndIsNoFailure() {
    RunStatus run = Samples.trainedUpTo(1, 35);
    String lacking = "waits for disk: 70 MiB free below /x, 256 MiB needed";
    RunStatus waiting = step(run, new TrainingEvent.Waiting(Samples.RUN, 1, lacking)).status();
    assertEquals(RunState.TRAINING, waiting.state());
    assertEquals(lacking, waiting.progress().detail());
    List<String> notices =
        List.of("sample: waited for room on a full disk while training; nothing is lost by that");
    assertEquals(notices, waiting.outcome().notices());

    RunStatus further = step(waiting, Samples.progress(1, 36)).status();
    assertEquals(lacking, further.progress().detail());
    RunStatus again = step(further, new TrainingEvent.Waiting(Samples.RUN, 1, null)).status();
    assertEquals("training goes on", again.progress().detail());
    RunStatus later = step(again, new TrainingEvent.Waiting(Samples.RUN, 1, "anew")).status();
    assertEquals(notices, later.outcome().notices());
  }

  @Test
  void whatWaitsForTheDiskBeforeItsTurnWaitsForItsTurnAgain() {
    RunStatus run = Samples.in(RunState.TRAINING);
    RunStatus waiting = step(run, new TrainingEvent.Waiting(Samples.RUN, 0, "full")).status();
    RunStatus again = step(waiting, new TrainingEvent.Waiting(Samples.RUN, 0, null)).status();
    assertEquals("waiting for a trainer", again.progress().detail());
    assertEquals(
        "training on cpu", step(again, Samples.started(1, 1)).status().progress().detail());
  }

  @Test
  void aResumedRunIsPreparedAgainAndTrainedByAttemptsThatNoEarlierOneIsTakenFor() {
    RunStatus failed =
        step(Samples.trainedUpTo(3, 35), new TrainingEvent.Failed(Samples.RUN, 3, Samples.ERROR))
            .status();
    Transition resumed = RunLifecycle.resume(plan, failed, false, false);
    assertEquals(RunState.PREPARING, resumed.status().state());
    assertNull(resumed.status().outcome().error());
    assertEquals(
        new DatasetEvent.PrepareRequested(
            Samples.RUN, plan.config().dataset(), plan.config().medtrans(), false, Samples.RESUMED),
        resumed.outgoing().get(0).event());
    assertEquals(List.of(changed(RunState.FAILED, RunState.PREPARING)), resumed.history());

    Transition prepared =
        step(resumed.status(), new DatasetEvent.Prepared(Samples.RUN, 101, Samples.DATASET));
    assertEquals(RunState.TRAINING, prepared.status().state());
    assertEquals(
        Samples.RESUMED, ((TrainingEvent.Requested) prepared.outgoing().get(0).event()).order());
    for (Event late :
        List.of(
            Samples.started(4, 36),
            new TrainingEvent.Failed(Samples.RUN, 3, Samples.ERROR),
            Samples.completed(99))) {
      assertEquals(Optional.empty(), RunLifecycle.apply(plan, prepared.status(), late));
    }
    RunStatus goesOn = step(prepared.status(), Samples.started(101, 31)).status();
    assertEquals("training on cpu, attempt 101 from iteration 31", goesOn.progress().detail());
  }

  @Test
  void aRunIsResumedAsOftenAsItIsAskedFor() {
    RunStatus run = Samples.trainedUpTo(1, 35).end(RunState.CANCELLED);
    RunStatus again = RunLifecycle.resume(plan, run, false, false).status().end(RunState.FAILED);
    RunStatus third = RunLifecycle.resume(plan, again, false, false).status();
    assertEquals(200, third.attemptsAfter());
    RunStatus many = Samples.attempt(third, 299).end(RunState.FAILED);
    assertEquals(300, RunLifecycle.resume(plan, many, false, false).status().attemptsAfter());
    RunStatus more = Samples.attempt(third, 300).end(RunState.FAILED);
    assertEquals(400, RunLifecycle.resume(plan, more, false, false).status().attemptsAfter());
  }

  @Test
  void aTrainedRunThatIsResumedIsMeasuredAndNotTrainedAgain() {
    RunStatus evaluating = step(Samples.in(RunState.TRAINING), Samples.completed(1)).status();
    RunStatus failed =
        step(evaluating, new EvaluationEvent.Failed(Samples.RUN, 1, Samples.ERROR)).status();
    Transition measured = resumedAndPrepared(plan, failed);
    assertEquals(RunState.EVALUATING, measured.status().state());
    EvaluationEvent.Requested command =
        (EvaluationEvent.Requested) measured.outgoing().get(0).event();
    assertEquals("runs/" + Samples.RUN + "/checkpoints/best", command.checkpoint());
    assertEquals(Samples.RESUMED, command.order());
    assertEquals(Samples.metrics(0.5), measured.status().outcome().val());
  }

  @Test
  void aRunWhoseImagesHaveChangedIsNotResumedOnOthers() {
    RunStatus cancelled = Samples.trainedUpTo(1, 35).end(RunState.CANCELLED);
    PreparedDataset other =
        new PreparedDataset(
            "other",
            Samples.DATASET.description(),
            Samples.DATASET.sizes(),
            null,
            null,
            0,
            List.of());
    RunStatus failed =
        step(
                RunLifecycle.resume(plan, cancelled, false, false).status(),
                new DatasetEvent.Prepared(Samples.RUN, 101, other))
            .status();
    assertEquals(RunState.FAILED, failed.state());
    assertEquals(ErrorCode.DATASET_INVALID, failed.outcome().error().code());
    assertTrue(failed.outcome().error().message().contains("set abc, now there is other"));
    assertEquals(Samples.DATASET, failed.outcome().dataset());
  }

  @Test
  void aRunThatBeginsAnewBecauseItsCheckpointIsGoneSaysSo() {
    RunStatus cancelled = Samples.trainedUpTo(1, 35).end(RunState.CANCELLED);
    RunStatus kept = RunLifecycle.resume(plan, cancelled, false, false).status();
    assertEquals(List.of(), kept.outcome().notices());
    List<String> notices =
        RunLifecycle.resume(plan, cancelled, false, true).status().outcome().notices();
    assertEquals(1, notices.size());
    assertTrue(notices.get(0).contains("trained from the beginning"), notices.get(0));
  }

  @Test
  void aResumedRunCanBeCancelledAgain() {
    RunStatus cancelled = cancel(RunState.TRAINING).status().end(RunState.CANCELLED);
    RunStatus resumed = RunLifecycle.resume(plan, cancelled, false, false).status();
    assertFalse(resumed.cancelRequested());
    assertTrue(step(resumed, new RunCancelRequested(Samples.RUN)).status().cancelRequested());
  }

  @Test
  void aResumedLaterPhaseWaitsWhileTheOneBeforeIsAtWork() {
    RunPlan following = Samples.planFollowing();
    RunStatus failed = followOn(RunState.FAILED).orElseThrow().status();
    Transition resumed = RunLifecycle.resume(following, failed, true, false);
    assertEquals(RunState.QUEUED, resumed.status().state());
    assertEquals("waiting for phase 1", resumed.status().progress().detail());
    assertNull(resumed.status().outcome().error());
    Transition begun =
        RunLifecycle.followOn(
                following, resumed.status(), "earlier", Samples.in(RunState.SUCCEEDED))
            .orElseThrow();
    assertEquals(
        Samples.RESUMED, ((DatasetEvent.PrepareRequested) begun.outgoing().get(0).event()).order());
  }

  private static Transition resumedAndPrepared(RunPlan plan, RunStatus ended) {
    return RunLifecycle.apply(
            plan,
            RunLifecycle.resume(plan, ended, false, false).status(),
            new DatasetEvent.Prepared(Samples.RUN, 101, Samples.DATASET))
        .orElseThrow();
  }

  @Test
  void aRunThatTriesALearningRateEndsWithItsValidation() {
    Transition t = tryOut(Samples.in(RunState.TRAINING), Samples.completed(1));
    assertEquals(RunState.SUCCEEDED, t.status().state());
    assertEquals(Samples.metrics(0.5), t.status().outcome().val());
    assertNull(t.status().outcome().test());
    assertEquals(
        List.of(Topics.EXPERIMENT_EVENTS), t.outgoing().stream().map(Outgoing::topic).toList());
  }

  @Test
  void thatALearningRateDivergesIsAResult() {
    Event diverged = new TrainingEvent.Failed(Samples.RUN, 1, Samples.ERROR);
    Transition t = tryOut(Samples.in(RunState.TRAINING), diverged);
    assertEquals(RunState.SUCCEEDED, t.status().state());
    assertEquals(Samples.ERROR, t.status().outcome().error());
    assertNull(t.status().outcome().val());
  }

  @Test
  void anyOtherFailureOfATrialIsAFailure() {
    ErrorInfo full = new ErrorInfo(ErrorCode.DISK_FULL, "no space left");
    Transition t =
        tryOut(Samples.in(RunState.TRAINING), new TrainingEvent.Failed(Samples.RUN, 1, full));
    assertEquals(RunState.FAILED, t.status().state());
  }

  @Test
  void nothingIsTriedWhereNothingCouldTellWhatIsBest() {
    PreparedDataset unvalidated =
        new PreparedDataset(
            "abc",
            Samples.DATASET.description(),
            new SplitSizes(70, 0, 30),
            null,
            null,
            0,
            List.of());
    Event prepared = new DatasetEvent.Prepared(Samples.RUN, 1, unvalidated);
    Transition t = tryOut(Samples.in(RunState.PREPARING), prepared);
    assertEquals(RunState.FAILED, t.status().state());
    assertEquals(ErrorCode.DATASET_INVALID, t.status().outcome().error().code());
  }

  private static Transition tryOut(RunStatus run, Event event) {
    return RunLifecycle.apply(Samples.planTrying(), run, event).orElseThrow();
  }

  private Transition cancel(RunState state) {
    return step(Samples.in(state), new RunCancelRequested(Samples.RUN));
  }

  private Transition step(RunStatus run, Event event) {
    return RunLifecycle.apply(plan, run, event).orElseThrow();
  }

  private static Event changed(RunState from, RunState to) {
    return new ExperimentEvent.RunStateChanged(Samples.EXPERIMENT, Samples.RUN, from, to, null);
  }
}
