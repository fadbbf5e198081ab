package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.medtransformers.learning.training.Resumption.STEPS;
import static org.medtransformers.learning.training.Resumption.assertResumes;
import static org.medtransformers.learning.training.Resumption.batch;
import static org.medtransformers.learning.training.Resumption.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SchedulerType;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.method.Loss;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.optimizer.Lars;
import org.medtransformers.learning.optimizer.LossScale;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;

/**
 * Saving and loading changes nothing, whatever the recipe; each optimizer and method is tried by
 * its conformance test. What decides a training is its seed and its batches.
 */
class ResumeTest {
  private static final ModelSpec TRANSFORMER = new ModelSpec(Backbone.TEST_VIT, 3, 4, 32, 16, 0.3);
  private static final ModelSpec RESNET = ModelSpec.resnet(Backbone.TEST_RESNET, 1, 1);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  static Stream<Arguments> learners() {
    Optimizer adamW = new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.05);
    Optimizer sgd = new Optimizer.Sgd(1e-2, 0.9, 0, 1e-4, false);
    Accumulation threeOfSeven = new Accumulation(3, 7);
    return Stream.of(
        arguments("average", with(spec(RESNET, adamW, 7), Accumulation.NONE, 0.9)),
        arguments("accumulation", with(spec(RESNET, adamW, 7), threeOfSeven, 0)),
        arguments("both", with(spec(TRANSFORMER, adamW, 7), threeOfSeven, 0.5)),
        arguments("plateau", plateau(spec(TRANSFORMER, sgd, 7))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("learners")
  void resumedTrainingEqualsUninterruptedTraining(
      String name, LearnerSpec spec, @TempDir Path folder) throws IOException {
    assertResumes(spec, LossScale.OFF, folder);
  }

  @Test
  void theLossScaleResumes(@TempDir Path folder) throws IOException {
    Optimizer optimizer = new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.05);
    LossScale overflows = new LossScale(true, 0x1p126, 1998);
    List<StepResult> steps = assertResumes(spec(TRANSFORMER, optimizer, 7), overflows, folder);
    assertFalse(Double.isFinite(steps.get(0).gradientNorm()), "the first update is left out");
    assertTrue(Double.isFinite(steps.get(STEPS - 1).gradientNorm()));
  }

  /** As where the next attempt is on a processor that needs no scale. */
  @Test
  void aLearnerThatDoesNotScaleTakesNoScaleOver(@TempDir Path folder) throws IOException {
    Optimizer optimizer = new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.05);
    LearnerSpec spec = spec(TRANSFORMER, optimizer, 7);
    try (Learner scaled = Learner.create(spec, TorchDevice.CPU, LossScale.initial());
        Learner plain = Learner.create(spec, TorchDevice.CPU)) {
      scaled.save(folder);
      plain.load(folder);
      plain.save(folder);
      assertEquals(LossScale.OFF, LearnerFiles.progress(folder).lossScale());
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
            List.of(SchedulerType.ONE_CYCLE),
            Map.of(
                SchedulerType.ONE_CYCLE,
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

  /** In so few steps the tiny network learns too little. */
  @Test
  void trainingLowersTheLoss() {
    Optimizer optimizer = new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.05);
    LearnerSpec spec = spec(new ModelSpec(Backbone.DEIT_TINY, 3, 4, 32, 16, 0.3), optimizer, 5);
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

  private static LearnerSpec with(LearnerSpec spec, Accumulation accumulation, double emaDecay) {
    Loss loss =
        new Loss(0.1, spec.model().outputs() == 1 ? List.of(0.8, 1.2) : List.of(1., 2., 3., 4.));
    return new LearnerSpec(
        spec.model(),
        spec.optimizer(),
        spec.schedule(),
        spec.gradientClip(),
        false,
        spec.seed(),
        new Recipe(
            new Supervised(loss), Optional.of(new Lars(0.01, 1e-8)), 0.75, emaDecay, accumulation));
  }

  /** Impatient: it reduces at the third look at the same validation. */
  private static LearnerSpec plateau(LearnerSpec spec) {
    RunConfig.Scheduler scheduler =
        new RunConfig.Scheduler(
            List.of(SchedulerType.REDUCE_ON_PLATEAU),
            Map.of(
                SchedulerType.REDUCE_ON_PLATEAU,
                Json.parse("{\"patience\": 1, \"mode\": \"max\"}")));
    Schedule schedule = Schedule.of(scheduler, spec.optimizer(), 1, STEPS);
    return new LearnerSpec(spec.model(), spec.optimizer(), schedule, 1, false, spec.seed());
  }
}
