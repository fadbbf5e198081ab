package org.medtransformers.gateway.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.cost.InferenceCost;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.contracts.cost.Pace;
import org.medtransformers.contracts.cost.Resources;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.cost.TrainingCost;
import org.medtransformers.contracts.result.ArmCost;
import org.medtransformers.gateway.entity.RunEntity;

class ArmCostsTest {
  private static final Machine HERE = new Machine("A", 2, 2, 16L, null, null);
  private static final Machine THERE = new Machine("A", 2, 2, 16L, "H200", 140L);

  /** Ten iterations an epoch, of four images each. */
  private static TrainingCost training(Machine machine, double seconds, Double joules) {
    return new TrainingCost(
        machine,
        1,
        20,
        10,
        100,
        new Pace(40, 10, seconds, seconds / 5),
        new Resources((long) (seconds * 1000), null, joules, null));
  }

  private static InferenceCost inference(Machine machine, double seconds) {
    return new InferenceCost(machine, 5000, 70_000, new Pace(40, 4, seconds, 0), Resources.UNKNOWN);
  }

  private static RunEntity run(List<TrainingCost> training, InferenceCost inference) {
    RunEntity run = TestRuns.of("random", "resnet18", DatasetName.DDSM).run();
    run.costs = new RunCosts(training, inference);
    run.phase = 1;
    return run;
  }

  private static ArmCosts.Outcome outcome(RunEntity... runs) {
    return ArmCosts.of(
        Arrays.stream(runs).map(r -> new Compared(r, "DDSM", "DDSM", r.initialisation)).toList());
  }

  @Test
  void numbersAreMediansOverTheRuns() {
    ArmCosts.Outcome outcome =
        outcome(
            run(List.of(training(HERE, 5, 30.0)), inference(HERE, 2)),
            run(List.of(training(HERE, 50, 40.0)), inference(HERE, 4)),
            run(List.of(training(HERE, 10, 20.0)), inference(HERE, 5)));
    ArmCost.Training training =
        new ArmCost.Training(10.0, 5.0, 0.2, 100.0, 10_000L, null, 30.0, null);
    assertEquals(
        List.of(
            new ArmCost(
                "DDSM",
                "random",
                "resnet18",
                HERE,
                3,
                3,
                5000L,
                70_000L,
                training,
                10.0,
                null,
                null)),
        outcome.costs());
    assertEquals(List.of(), outcome.notes());
  }

  @Test
  void machinesAreNeverPutIntoOneNumber() {
    ArmCosts.Outcome outcome =
        outcome(
            run(List.of(training(HERE, 5, null)), inference(THERE, 2)),
            run(List.of(training(THERE, 1, null)), inference(THERE, 4)));
    assertEquals(List.of(HERE, THERE), outcome.costs().stream().map(ArmCost::machine).toList());
    ArmCost here = outcome.costs().get(0);
    assertEquals(5, here.training().secondsPerEpoch());
    assertNull(here.inferenceImagesPerSecond());
    ArmCost there = outcome.costs().get(1);
    assertEquals(1, there.runs());
    assertEquals(2, there.evaluated());
    assertEquals(1, there.training().secondsPerEpoch());
    assertEquals(15, there.inferenceImagesPerSecond());
  }

  @Test
  void aRunOfSeveralMachinesIsInNoneAndSaysSo() {
    ArmCosts.Outcome outcome =
        outcome(run(List.of(training(HERE, 5, 1.0), training(THERE, 1, 1.0)), inference(HERE, 2)));
    assertNull(outcome.costs().get(0).training());
    assertEquals(
        List.of(
            "DDSM: what resnet18, random #1 took to train is not in the costs: it was trained on 2"
                + " kinds of machines"),
        outcome.notes());
  }

  @Test
  void whatOneRunDoesNotTellIsNotTheMedianOfTheOthers() {
    ArmCosts.Outcome outcome =
        outcome(
            run(List.of(training(HERE, 5, 1.0)), null),
            run(List.of(training(HERE, 5, null)), null));
    assertNull(outcome.costs().get(0).training().processorJoules());
    assertNull(outcome.costs().get(0).parameters());
    assertEquals(5, outcome.costs().get(0).training().secondsPerEpoch());
  }

  @Test
  void aTrainingThatOthersBeginWithHasARowOfItsOwn() {
    RunEntity first = run(List.of(training(HERE, 5, null)), null);
    first.lastPhase = false;
    RunEntity old = run(List.of(), null);
    old.costs = null;
    ArmCosts.Outcome outcome =
        outcome(first, run(List.of(training(HERE, 7, null)), inference(HERE, 1)), old);
    assertEquals(
        List.of("random (phase 1)", "random"),
        outcome.costs().stream().map(ArmCost::initialisation).toList());
    assertTrue(outcome.costs().stream().allMatch(c -> c.runs() == 1));
  }
}
