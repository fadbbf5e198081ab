package org.medtransformers.trainer.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** When a training loop asks for checkpoints, and what a killed one comes to. */
class LoopCheckpointsTest extends TrainingLoopScenario {
  @Test
  void theBestValidationIsRememberedInTheCheckpoint() throws InterruptedException {
    Ledger ledger = new Ledger(0, i -> 0.5, Map.of(3, Double.NaN, 6, 0.4, 9, 0.4, 12, 0.1));
    TrainingState end = loop(plan(4, 1), TrainingState.START, ledger, () -> false).run();
    assertEquals(List.of(6), ledger.bests);
    assertEquals(6, end.best().iteration());
    assertEquals(0.1, end.metrics().cohenKappa());
    assertEquals(List.of(6, 12), iterations(ledger.checkpoints), "of the best model and the last");
    assertEquals(end, ledger.checkpoints.get(1));
  }

  @Test
  void theBestModelsAreKeptInTheirOrder() throws InterruptedException {
    Map<Integer, Double> kappas =
        Map.of(3, 0.3, 6, 0.5, 9, Double.NaN, 12, 0.3, 15, 0.4, 18, 0.1, 21, 0.6);
    Ledger ledger = new Ledger(0, i -> 0.5, kappas);
    TrainingLoop.Settings keepThree =
        new TrainingLoop.Settings(
            plan(8, 1), TargetMetric.COHEN_KAPPA, true, false, Optional.empty(), 3, NEVER);
    TrainingState end = loop(keepThree, TrainingState.START, ledger, () -> false).run();
    assertEquals(List.of(21L, 6L, 15L), end.bestIterations());
    assertEquals(List.of(3, 6, 21), ledger.bests, "the best alone decides");
    assertEquals(List.of(3, 6, 12, 15, 21, 24), iterations(ledger.checkpoints));
    // Of equals the earlier stays ahead: 3 before 12.
    assertEquals(List.of(6L, 3L, 12L), ledger.checkpoints.get(2).bestIterations());
  }

  @Test
  void checkpointsWhenTheIntervalHasPassed() throws InterruptedException {
    Ledger ledger = new Ledger();
    loop(everyTwoSeconds(), TrainingState.START, ledger, () -> false).run();
    assertEquals(List.of(2, 3, 5, 7, 9), iterations(ledger.checkpoints), "the best one at once");
  }

  @Test
  void onlyABestModelWaitsForTheCheckpointBefore() throws InterruptedException {
    Ledger ledger = new Ledger(0, i -> 0.5, Map.of(3, 0.1, 6, 0.2));
    ledger.slowness = 4;
    loop(everyTwoSeconds(), TrainingState.START, ledger, () -> false).run();
    assertEquals(List.of(2, 3, 6, 9), iterations(ledger.checkpoints), "5 and 8 came too soon");
  }

  @Test
  void aCheckpointThatCannotBeWrittenFailsTheRun() {
    Ledger ledger = new Ledger();
    ledger.failsToWrite = i -> i == 3;
    assertDiskFull(ledger, plan(4, 1));
    assertTrue(ledger.iteration() < 6, "at the next iteration");
    assertEquals(List.of(), ledger.checkpoints);

    Ledger last = new Ledger();
    last.failsToWrite = i -> i == 6;
    assertDiskFull(last, plan(2, 1));
    assertEquals(List.of(3), iterations(last.checkpoints));
  }

  private void assertDiskFull(Ledger ledger, TrainingPlan plan) {
    MedtransException e =
        assertThrows(
            MedtransException.class,
            () -> loop(plan, TrainingState.START, ledger, () -> false).run());
    assertEquals(ErrorCode.DISK_FULL, e.code());
  }

  /** Killed before any of its batches; what it told after its last checkpoint is told again. */
  @Test
  void whereverItIsKilledARunEndsTheSame() throws InterruptedException {
    Map<Integer, Double> kappas = Map.of(2, 0.1, 3, 0.05, 5, 0.3, 6, 0.3, 8, 0.2, 9, 0.4);
    Ledger undisturbed = new Ledger(0, i -> 0.5, kappas);
    TrainingState end = loop(plan(4, 0.5), TrainingState.START, undisturbed, () -> false).run();
    assertEquals(List.of(2, 5, 9, 12), iterations(undisturbed.checkpoints));
    for (int batches = 1; batches < undisturbed.shown.size(); batches++) {
      int before = batches;
      Ledger first = new Ledger(0, i -> 0.5, kappas);
      first.slowness = 1;
      BooleanSupplier killed =
          () -> {
            if (first.shown.size() == before) {
              throw new Killed();
            }
            return false;
          };
      assertThrows(
          Killed.class, () -> loop(plan(4, 0.5), TrainingState.START, first, killed).run());
      TrainingState kept =
          first.checkpoints.isEmpty()
              ? TrainingState.START
              : first.checkpoints.get(first.checkpoints.size() - 1);
      Ledger second = new Ledger(kept.iteration(), i -> 0.5, kappas);
      assertEquals(end, loop(plan(4, 0.5), kept, second, () -> false).run());
      List<Integer> told = concat(first.validations, second.validations);
      assertEquals(undisturbed.validations, told.stream().distinct().sorted().toList());
      assertEquals(
          undisturbed.bests,
          concat(first.bests, second.bests).stream().distinct().sorted().toList());
      List<String> trained = trained(undisturbed);
      assertEquals(trained.subList(kept.iteration(), trained.size()), trained(second));
    }
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static TrainingLoop.Settings everyTwoSeconds() {
    return new TrainingLoop.Settings(
        plan(3, 1),
        TargetMetric.COHEN_KAPPA,
        true,
        false,
        Optional.empty(),
        1,
        Duration.ofSeconds(2));
  }
}
