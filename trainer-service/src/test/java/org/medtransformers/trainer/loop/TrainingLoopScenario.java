package org.medtransformers.trainer.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.batches.BatchSettings;
import org.medtransformers.batches.BatchStream;
import org.medtransformers.batches.GeneratedDataServer;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;

/** Training loops that keep a {@link Ledger}, fed by a data-service that makes its images up. */
abstract class TrainingLoopScenario {
  static final Duration NEVER = Duration.ofDays(1);
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
  final GeneratedDataServer server =
      new GeneratedDataServer(TWO_CLASSES, new SplitSizes(10, 5, 0), 1);

  /** Whether a validation looks at the training split first. */
  boolean asksBank;

  boolean beginning;

  @AfterEach
  void stop() {
    server.close();
  }

  static TrainingPlan plan(int epochs, double validateEvery) {
    return new TrainingPlan(3, 3 * epochs, validateEvery, 2);
  }

  final TrainingLoop loop(
      TrainingPlan plan, TrainingState state, Ledger ledger, BooleanSupplier stop)
      throws InterruptedException {
    return loop(
        new TrainingLoop.Settings(
            plan, TargetMetric.COHEN_KAPPA, true, beginning, Optional.empty(), 1, NEVER),
        state,
        ledger,
        stop);
  }

  final TrainingLoop loop(
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
    return new TrainingLoop(settings, state, ledger, batches, ledger, stop, ledger::nanoTime);
  }

  private static LoaderSpec spec(Split split, boolean shuffle) {
    return new LoaderSpec("generated", split, List.of(), 4, shuffle, false, 7);
  }

  static List<Integer> iterations(List<TrainingState> states) {
    return states.stream().map(TrainingState::iteration).toList();
  }

  static List<String> trained(Ledger ledger) {
    return ledger.shown.stream().filter(line -> line.startsWith("train")).toList();
  }

  static <T> List<T> concat(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
