package org.medtransformers.trainer.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.medtransformers.batches.GeneratedDataServer.Answer;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

class TrainingLoopTest extends TrainingLoopScenario {
  @Test
  void followsThePlan() throws InterruptedException {
    Ledger ledger = new Ledger();
    TrainingLoop loop = loop(plan(2, 1), TrainingState.START, ledger, () -> false);
    loop.run();
    assertTrue(loop.finished());
    assertEquals(6, ledger.iteration());
    assertEquals(List.of(2, 4, 6), ledger.progress);
    assertEquals(List.of(3, 6), ledger.validations);
    assertEquals(List.of(3, 6), iterations(ledger.checkpoints));
    assertEquals(10, ledger.shown.size(), "six training and twice two validation batches");
    assertEquals(20, ledger.learned, "images of two epochs");
  }

  @Test
  void withoutValidationsTheLastModelIsKept() throws InterruptedException {
    Ledger ledger = new Ledger();
    TrainingLoop.Settings settings =
        new TrainingLoop.Settings(
            plan(2, 1), TargetMetric.COHEN_KAPPA, false, true, Optional.empty(), 1, NEVER);
    TrainingState end = loop(settings, TrainingState.START, ledger, () -> false).run();
    assertEquals(List.of(6), iterations(ledger.checkpoints));
    assertEquals(new TrainingState(6, 0, null, null, null, List.of(), 0, null), end);
  }

  @Test
  void whereverItIsInterruptedARunIsShownTheSame() throws InterruptedException {
    Ledger undisturbed = new Ledger();
    TrainingState end = loop(plan(2, 0.5), TrainingState.START, undisturbed, () -> false).run();
    // Questions whether to stop come before every batch, of training and of validation.
    for (int questions = 1; questions < undisturbed.shown.size(); questions++) {
      Ledger first = new Ledger();
      AtomicInteger left = new AtomicInteger(questions);
      TrainingLoop interrupted =
          loop(plan(2, 0.5), TrainingState.START, first, () -> left.getAndDecrement() <= 0);
      TrainingState state = interrupted.run();
      assertFalse(interrupted.finished());
      assertEquals(first.iteration(), state.iteration(), "what was learned is kept");
      Ledger second = new Ledger(state.iteration(), i -> 0.5, Map.of());
      TrainingLoop resumed = loop(plan(2, 0.5), state, second, () -> false);
      assertEquals(end, resumed.run());
      assertTrue(resumed.finished());
      assertEquals(trained(undisturbed), concat(trained(first), trained(second)));
      assertEquals(undisturbed.validations, concat(first.validations, second.validations));
    }
  }

  /** It is reported, and has no say in anything. */
  @Test
  void theBeginningIsMeasuredBeforeTheFirstIteration() throws InterruptedException {
    beginning = true;
    Ledger ledger = new Ledger(0, i -> 0.5, Map.of(0, 0.9, 3, 0.4));
    TrainingState end = loop(plan(2, 1), TrainingState.START, ledger, () -> false).run();
    assertEquals(List.of(0, 3, 6), ledger.validations);
    assertEquals(List.of("validate [10, 11, 12, 13]", "validate [14]"), ledger.shown.subList(0, 2));
    assertEquals(List.of(3), ledger.bests);
    assertEquals(List.of(0.4, 0.0), ledger.heard);
    assertEquals(0.9, end.beginning().cohenKappa());
    assertEquals(end, ledger.checkpoints.get(1), "whoever goes on from here knows it");
    Ledger more = new Ledger(6, i -> 0.5, Map.of());
    TrainingState longer = loop(plan(3, 1), end, more, () -> false).run();
    assertEquals(List.of(9), more.validations);
    assertEquals(0.9, longer.beginning().cohenKappa());
  }

  @Test
  void whereverItIsStoppedTheBeginningIsToldOnce() throws InterruptedException {
    beginning = true;
    whereverItIsInterruptedARunIsShownTheSame();
  }

  /** Three batches of the bank, in the order of the index, before the two of the validation. */
  @Test
  void aValidationLooksAtTheFeatureBankFirst() throws InterruptedException {
    asksBank = true;
    Ledger ledger = new Ledger();
    loop(plan(1, 1), TrainingState.START, ledger, () -> false).run();
    assertEquals(
        List.of(
            "remember [0, 1, 2, 3]",
            "remember [4, 5, 6, 7]",
            "remember [8, 9]",
            "validate [10, 11, 12, 13]",
            "validate [14]"),
        ledger.shown.subList(3, 8));
    assertEquals(1, ledger.closed);
  }

  @Test
  void whereverItIsInterruptedAFeatureBankIsGatheredAnew() throws InterruptedException {
    asksBank = true;
    Ledger undisturbed = new Ledger();
    TrainingState end = loop(plan(1, 1), TrainingState.START, undisturbed, () -> false).run();
    for (int questions = 4; questions < undisturbed.shown.size(); questions++) {
      Ledger first = new Ledger();
      AtomicInteger left = new AtomicInteger(questions);
      TrainingState state =
          loop(plan(1, 1), TrainingState.START, first, () -> left.getAndDecrement() <= 0).run();
      assertEquals(List.of(), first.validations);
      assertEquals(1, first.closed, "what it held is given back");
      Ledger second = new Ledger(state.iteration(), i -> 0.5, Map.of());
      assertEquals(end, loop(plan(1, 1), state, second, () -> false).run());
      assertEquals(undisturbed.shown.subList(3, 8), second.shown);
    }
  }

  @Test
  void aRunThatIsStoppedAtOnceLeavesNothing() throws InterruptedException {
    Ledger ledger = new Ledger();
    loop(plan(2, 1), TrainingState.START, ledger, () -> true).run();
    assertEquals(List.of(), ledger.checkpoints);
    assertEquals(List.of(), ledger.shown);
  }

  @Test
  void aFinishedRunIsNotTrainedFurther() throws InterruptedException {
    TrainingState end = loop(plan(2, 1), TrainingState.START, new Ledger(), () -> false).run();
    Ledger again = new Ledger(6, i -> 0.5, Map.of());
    TrainingLoop loop = loop(plan(2, 1), end, again, () -> false);
    assertEquals(end, loop.run());
    assertTrue(loop.finished());
    assertEquals(List.of(), again.shown);
    assertEquals(List.of(), again.checkpoints);
  }

  @Test
  void ofATrainingThatDivergesOnlyEarlierCheckpointsStay() {
    Ledger ledger = new Ledger(0, i -> i == 5 ? Double.NaN : 0.5, Map.of());
    MedtransException e =
        assertThrows(
            MedtransException.class,
            () -> loop(plan(2, 1), TrainingState.START, ledger, () -> false).run());
    assertEquals(ErrorCode.TRAINING_DIVERGED, e.code());
    assertEquals(List.of(3), iterations(ledger.checkpoints));
  }

  @Test
  void stopsWhenItHasNotImprovedForAWhile() throws InterruptedException {
    Map<Integer, Double> kappas =
        Map.of(3, 0.1, 6, 0.4, 9, 0.4, 12, Double.NaN, 15, 0.5, 18, 0.3, 21, 0.2, 24, 0.1);
    Ledger ledger = new Ledger(0, i -> 0.5, kappas);
    TrainingLoop loop = patient(TrainingState.START, ledger);
    TrainingState end = loop.run();
    assertTrue(loop.finished());
    assertTrue(loop.stoppedEarly());
    assertEquals(24, end.iteration(), "three validations after the best");
    assertEquals(15, end.best().iteration());
    assertEquals(List.of(3, 6, 15), ledger.bests);

    Ledger first = new Ledger(0, i -> 0.5, kappas);
    TrainingState interrupted =
        patient(TrainingState.START, first, () -> first.iteration() >= 20).run();
    assertEquals(1, interrupted.withoutImprovement());
    Ledger second = new Ledger(interrupted.iteration(), i -> 0.5, kappas);
    assertEquals(end, patient(interrupted, second).run(), "the count survives an interruption");

    TrainingLoop again = patient(end, new Ledger(24, i -> 0.5, kappas));
    assertEquals(end, again.run());
    assertTrue(again.finished(), "it is not trained further");
  }

  @Test
  void stopsWhileItWaitsForTheDataService() throws InterruptedException {
    Ledger ledger = new Ledger();
    AtomicInteger questions = new AtomicInteger();
    BooleanSupplier afterAWhile =
        () -> {
          if (ledger.iteration() == 2) {
            server.misbehave(path -> Optional.of(Answer.problem(503, "UNAVAILABLE", "away")));
          }
          return questions.incrementAndGet() > 20;
        };
    TrainingState state = loop(plan(20, 50), TrainingState.START, ledger, afterAWhile).run();
    assertEquals(ledger.iteration(), state.iteration());
    assertTrue(state.iteration() < 20, "it had to wait");
  }

  private TrainingLoop patient(TrainingState state, Ledger ledger) throws InterruptedException {
    return patient(state, ledger, () -> false);
  }

  /** At most ten epochs, with patience for three validations. */
  private TrainingLoop patient(TrainingState state, Ledger ledger, BooleanSupplier stop)
      throws InterruptedException {
    return loop(
        new TrainingLoop.Settings(
            plan(10, 1), TargetMetric.COHEN_KAPPA, true, false, Optional.of(3), 1, NEVER),
        state,
        ledger,
        stop);
  }
}
