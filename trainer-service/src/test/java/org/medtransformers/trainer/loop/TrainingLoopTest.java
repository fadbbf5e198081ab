package org.medtransformers.trainer.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.batches.BatchSettings;
import org.medtransformers.batches.BatchStream;
import org.medtransformers.batches.GeneratedDataServer;
import org.medtransformers.batches.GeneratedDataServer.Answer;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;

class TrainingLoopTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final DatasetDescription TWO_CLASSES =
      new DatasetDescription(
          "Generated",
          List.of("dark", "bright"),
          Task.MULTI_CLASS,
          1,
          List.of(0.5),
          List.of(0.5),
          TargetMetric.COHEN_KAPPA,
          true);

  /** Ten images in batches of four: three iterations per epoch; two batches to validate. */
  private final GeneratedDataServer server =
      new GeneratedDataServer(TWO_CLASSES, new SplitSizes(10, 5, 0), 1);

  /** Whether a validation looks at the training split first. */
  private boolean asksBank;

  private boolean beginning;

  @AfterEach
  void stop() {
    server.close();
  }

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
  }

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
        plan(3, 1), TargetMetric.COHEN_KAPPA, true, false, Optional.empty(), Duration.ofSeconds(2));
  }

  @Test
  void withoutValidationsTheLastModelIsKept() throws InterruptedException {
    Ledger ledger = new Ledger();
    TrainingLoop.Settings settings =
        new TrainingLoop.Settings(
            plan(2, 1), TargetMetric.COHEN_KAPPA, false, true, Optional.empty(), NEVER);
    TrainingState end = loop(settings, TrainingState.START, ledger, () -> false).run();
    assertEquals(List.of(6), iterations(ledger.checkpoints));
    assertEquals(new TrainingState(6, 0, null, null, null, 0, null), end);
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
            plan(10, 1), TargetMetric.COHEN_KAPPA, true, false, Optional.of(3), NEVER),
        state,
        ledger,
        stop);
  }

  private static TrainingPlan plan(int epochs, double validateEvery) {
    return new TrainingPlan(3, 3 * epochs, validateEvery, 2);
  }

  private TrainingLoop loop(
      TrainingPlan plan, TrainingState state, Ledger ledger, BooleanSupplier stop)
      throws InterruptedException {
    return loop(
        new TrainingLoop.Settings(
            plan, TargetMetric.COHEN_KAPPA, true, beginning, Optional.empty(), NEVER),
        state,
        ledger,
        stop);
  }

  private TrainingLoop loop(
      TrainingLoop.Settings settings, TrainingState state, Ledger ledger, BooleanSupplier stop)
      throws InterruptedException {
    BatchClient client =
        new BatchClient(
            new BatchSettings(
                List.of(server.address()),
                2,
                1 << 20,
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                1 << 20));
    LoaderInfo training = client.register(spec(Split.TRAIN, true), stop);
    LoaderInfo bank = client.register(spec(Split.TRAIN, false), stop);
    LoaderInfo validation = client.register(spec(Split.VAL, false), stop);
    Batches batches =
        new Batches() {
          @Override
          public BatchStream training(int from, int to) {
            return client.stream(training, from, to);
          }

          @Override
          public Optional<BatchStream> bank() {
            return asksBank
                ? Optional.of(client.stream(bank, 0, bank.batches()))
                : Optional.empty();
          }

          @Override
          public BatchStream validation() {
            return client.stream(validation, 0, validation.batches());
          }
        };
    return new TrainingLoop(settings, state, ledger, batches, ledger, stop, ledger.clock());
  }

  private static LoaderSpec spec(Split split, boolean shuffle) {
    return new LoaderSpec("generated", split, List.of(), 4, shuffle, false, 7);
  }

  private static List<Integer> iterations(List<TrainingState> states) {
    return states.stream().map(TrainingState::iteration).toList();
  }

  private static List<String> trained(Ledger ledger) {
    return ledger.shown.stream().filter(line -> line.startsWith("train")).toList();
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
