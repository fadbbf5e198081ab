package org.medtransformers.gateway.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.experiment.Progress.Group;
import org.medtransformers.gateway.experiment.Progress.Kind;
import org.medtransformers.gateway.experiment.Progress.Trained;

/** Worked out by hand. */
class ProgressTest {
  private static final Kind CNN = new Kind("APTOS2019", "resnet18");
  private static final Kind VIT = new Kind("APTOS2019", "deit_tiny");

  private static Trained training(Kind kind, int iteration, int iterations, Double secondsLeft) {
    return new Trained(
        kind,
        new RunProgress(
            1, null, iteration, iterations, null, null, null, secondsLeft, null, null, null));
  }

  @Test
  void aRunInTrainingCountsForThePartOfItsIterations() {
    Progress progress =
        new Progress(
            List.of(
                new Group(CNN, RunState.SUCCEEDED, 1, 60),
                new Group(VIT, RunState.TRAINING, 1, 0),
                new Group(VIT, RunState.EVALUATING, 1, 0),
                new Group(VIT, RunState.QUEUED, 1, 0)),
            List.of(training(VIT, 25, 100, null)));
    assertEquals((1 + 0.25 + 1 + 0) / 4, progress.done(), 1e-12);
    assertEquals(
        Map.of(
            RunState.SUCCEEDED, 1L,
            RunState.TRAINING, 1L,
            RunState.EVALUATING, 1L,
            RunState.QUEUED, 1L),
        progress.counts());
  }

  @Test
  void whatIsToComeTakesWhatItsKindTook() {
    Progress progress =
        new Progress(
            List.of(
                new Group(CNN, RunState.SUCCEEDED, 2, 100),
                new Group(VIT, RunState.SUCCEEDED, 1, 400),
                new Group(CNN, RunState.QUEUED, 1, 0),
                new Group(VIT, RunState.QUEUED, 2, 0),
                new Group(VIT, RunState.TRAINING, 2, 0)),
            List.of(training(VIT, 1, 2, 150.0), training(VIT, 3, 4, null)));
    // 100 + 2 * 400 of those that wait, 150 by its own word, a quarter of 400; two at once.
    assertEquals((100 + 800 + 150 + 100) / 2.0, progress.secondsLeft(), 1e-9);
  }

  @Test
  void aKindThatNobodyHasSeenTakesWhatTheOthersTakeOnAverage() {
    Progress progress =
        new Progress(
            List.of(
                new Group(CNN, RunState.SUCCEEDED, 3, 100), new Group(VIT, RunState.QUEUED, 1, 0)),
            List.of());
    assertEquals(100, progress.secondsLeft(), 1e-9);
  }

  @Test
  void theFirstTrainingTellsOfItself() {
    Progress progress =
        new Progress(
            List.of(new Group(CNN, RunState.TRAINING, 1, 0), new Group(CNN, RunState.QUEUED, 3, 0)),
            List.of(training(CNN, 20, 100, 80.0)));
    assertEquals(80 + 3 * 100, progress.secondsLeft(), 1e-9);
  }

  @Test
  void whereNothingIsKnownNothingIsSaid() {
    Progress progress =
        new Progress(
            List.of(
                new Group(CNN, RunState.FAILED, 1, 5), new Group(CNN, RunState.PREPARING, 1, 0)),
            List.of());
    assertNull(progress.secondsLeft());
    assertEquals(0.5, progress.done(), 1e-12);
    assertEquals(0, Progress.NONE.done(), 0);
  }
}
