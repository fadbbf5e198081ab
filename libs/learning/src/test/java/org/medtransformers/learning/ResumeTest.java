package org.medtransformers.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.CounterRandom;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;

/** Saving and loading changes nothing; what decides a training is its seed and its batches. */
class ResumeTest {
  private static final ModelSpec TRANSFORMER = new ModelSpec(Backbone.DEIT_TINY, 3, 4, 32, 16, 0.3);
  private static final ModelSpec RESNET = ModelSpec.resnet(Backbone.RESNET18, 1, 1);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  static Stream<LearnerSpec> learners() {
    return Stream.of(
        spec(TRANSFORMER, new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.05), 7),
        spec(TRANSFORMER, new Optimizer.Sgd(1e-2, 0.9, 0.1, 1e-4, true), 7),
        spec(RESNET, new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 1e-4), 7),
        spec(RESNET, new Optimizer.Sgd(1e-2, 0, 0, 0, false), 7));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void resumedTrainingEqualsUninterruptedTraining(LearnerSpec spec, @TempDir Path folder)
      throws IOException {
    List<StepResult> uninterrupted = new ArrayList<>();
    Map<String, Tensor> expected;
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      for (int i = 0; i < 6; i++) {
        uninterrupted.add(learner.trainStep(batch(spec, i)));
      }
      expected = learner.network().state();
    }
    List<StepResult> resumed = new ArrayList<>();
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      for (int i = 0; i < 3; i++) {
        resumed.add(learner.trainStep(batch(spec, i)));
      }
      learner.save(folder);
    }
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      learner.load(folder);
      assertEquals(3, learner.iteration());
      for (int i = 3; i < 6; i++) {
        resumed.add(learner.trainStep(batch(spec, i)));
      }
      assertEquals(uninterrupted, resumed);
      assertEquals(expected, learner.network().state());
    }
  }

  @Test
  void anotherSeedGivesAnotherTraining() {
    Optimizer optimizer = new Optimizer.Sgd(1e-2, 0, 0, 0, false);
    try (Learner one = Learner.create(spec(TRANSFORMER, optimizer, 1), TorchDevice.CPU);
        Learner other = Learner.create(spec(TRANSFORMER, optimizer, 2), TorchDevice.CPU)) {
      Batch batch = batch(one.spec(), 0);
      assertNotEquals(one.trainStep(batch).loss(), other.trainStep(batch).loss());
    }
  }

  @Test
  void aCycleGivesMomentumToSgdThatHasNoneAndTakesItAway() {
    Optimizer optimizer = new Optimizer.Sgd(1e-2, 0, 0, 0, false);
    RunConfig.Scheduler cycle =
        new RunConfig.Scheduler(
            List.of("OneCycleLR"),
            Map.of(
                "OneCycleLR",
                Json.parse(
                    "{\"base_momentum\": 0, \"pct_start\": 0.5,"
                        + " \"anneal_strategy\": \"linear\"}")));
    Schedule schedule = Schedule.of(cycle, optimizer, 6, 1);
    LearnerSpec spec = new LearnerSpec(RESNET, optimizer, schedule, 1.0, false, 7);
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      for (int i = 0; i < 6; i++) {
        assertTrue(Double.isFinite(learner.trainStep(batch(spec, i)).loss()));
      }
    }
  }

  @Test
  void frozenBackboneStaysAsItIs() {
    Optimizer optimizer = new Optimizer.Adam(1e-2, 0.9, 0.999, 1e-8, 0);
    LearnerSpec spec = new LearnerSpec(RESNET, optimizer, Schedule.constant(optimizer), 0, true, 3);
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      Map<String, Tensor> before = learner.network().state();
      learner.trainStep(batch(spec, 0));
      learner
          .network()
          .state()
          .forEach(
              (name, after) ->
                  assertEquals(name.startsWith("backbone."), after.equals(before.get(name)), name));
    }
  }

  @Test
  void trainingLowersTheLoss() {
    Optimizer optimizer = new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.05);
    LearnerSpec spec = spec(TRANSFORMER, optimizer, 5);
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      double first = learner.trainStep(batch(spec, 0)).loss();
      double last = first;
      for (int i = 0; i < 15; i++) {
        last = learner.trainStep(batch(spec, 0)).loss();
      }
      assertTrue(last < first / 2, first + " -> " + last);
    }
  }

  @Test
  void impossibleLabelsAreRefusedBeforeAnythingChanges() {
    LearnerSpec spec = spec(TRANSFORMER, new Optimizer.Sgd(1e-2, 0, 0, 0, false), 1);
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      Tensor images = batch(spec, 0).images();
      Batch batch = new Batch(images, Tensor.ofLongs(new long[] {0, 1, 2, 3, 4, 0}, 6));
      MedtransException e = assertThrows(MedtransException.class, () -> learner.trainStep(batch));
      assertEquals(ErrorCode.LABEL_OUT_OF_RANGE, e.code());
      assertEquals(0, learner.iteration());
    }
  }

  @Test
  void aLossThatIsNotANumberEndsTheTraining() {
    LearnerSpec spec = spec(TRANSFORMER, new Optimizer.Sgd(1e30, 0, 0, 0, false), 1);
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      MedtransException e =
          assertThrows(
              MedtransException.class,
              () -> {
                for (int i = 0; i < 5; i++) {
                  learner.trainStep(batch(spec, i));
                }
              });
      assertEquals(ErrorCode.TRAINING_DIVERGED, e.code());
      assertTrue(e.getMessage().contains("iteration"), e.getMessage());
    }
  }

  @Test
  void stateOfAnotherNetworkIsRefused(@TempDir Path folder) throws IOException {
    LearnerSpec small = spec(TRANSFORMER, new Optimizer.Sgd(1e-2, 0, 0, 0, false), 1);
    LearnerSpec other = spec(RESNET, new Optimizer.Sgd(1e-2, 0, 0, 0, false), 1);
    try (Learner learner = Learner.create(small, TorchDevice.CPU)) {
      learner.save(folder);
    }
    try (Learner learner = Learner.create(other, TorchDevice.CPU)) {
      MedtransException e = assertThrows(MedtransException.class, () -> learner.load(folder));
      assertEquals(ErrorCode.CHECKPOINT_UNREADABLE, e.code());
      assertTrue(e.getMessage().contains("backbone.conv1.weight"), e.getMessage());
    }
  }

  private static LearnerSpec spec(ModelSpec model, Optimizer optimizer, long seed) {
    RunConfig.Scheduler scheduler =
        new RunConfig.Scheduler(
            List.of("LinearWarmup", "CosineAnnealingLR"),
            Map.of(
                "LinearWarmup", Json.parse("{\"warmup_iters\": 2}"),
                "CosineAnnealingLR", Json.parse("{\"eta_min\": 1e-6}")));
    return new LearnerSpec(
        model, optimizer, Schedule.of(scheduler, optimizer, 10, 2), 1.0, false, seed);
  }

  /** Six images of 32 × 32 pixels whose brightness tells the class. */
  private static Batch batch(LearnerSpec spec, int number) {
    int channels = spec.model().channels();
    int pixels = channels * 32 * 32;
    CounterRandom random = CounterRandom.of(99, "batch " + number);
    float[] images = new float[6 * pixels];
    long[] classes = new long[6];
    float[] positive = new float[6];
    for (int i = 0; i < 6; i++) {
      classes[i] = Math.floorMod(random.bits(i), 4L);
      positive[i] = classes[i] % 2;
      for (int p = 0; p < pixels; p++) {
        images[i * pixels + p] = (float) (classes[i] + random.uniform(6 + i * pixels + p));
      }
    }
    return new Batch(
        Tensor.ofFloats(images, 6, channels, 32, 32),
        spec.model().outputs() == 1 ? Tensor.ofFloats(positive, 6, 1) : Tensor.ofLongs(classes, 6));
  }
}
