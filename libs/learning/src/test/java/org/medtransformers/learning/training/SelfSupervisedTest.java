package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.Collapse;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.method.Dino;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.optimizer.LossScale;
import org.medtransformers.learning.weights.FittedWeights;

/** What holds for trainings without labels beside the reference's numbers. */
class SelfSupervisedTest {
  private static final int N = 6;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  static Stream<LearnerSpec> methods() {
    return methods(false);
  }

  private static Stream<LearnerSpec> methods(boolean mixed) {
    // In so few steps DINO teaches the tiny network nothing.
    ModelSpec dino = new ModelSpec(Backbone.DEIT_TINY, 3, SelfSupervised.DINO_HEAD, 32, 16, 0);
    ModelSpec pair = SelfSupervised.resNet(SelfSupervised.PAIR_HEAD);
    return Stream.of(
        SelfSupervised.spec(SelfSupervised.dino(false), dino, Accumulation.NONE, mixed),
        SelfSupervised.spec(SelfSupervised.byol(), pair, Accumulation.NONE, mixed),
        SelfSupervised.spec(SelfSupervised.simSiam(), pair, Accumulation.NONE, mixed));
  }

  @Test
  void cropsOneAtATimeTeachTheSame() {
    ModelSpec model = SelfSupervised.transformer(SelfSupervised.DINO_HEAD, 0);
    try (Learner together = dino(SelfSupervised.dino(false), model);
        Learner apart = dino(SelfSupervised.dino(true), model)) {
      StepResult expected = together.trainStep(batch(together, 0, N));
      StepResult found = apart.trainStep(batch(apart, 0, N));
      assertEquals(expected.loss(), found.loss(), 1e-5);
      assertEquals(expected.gradientNorm(), found.gradientNorm(), 1e-5 * expected.gradientNorm());
    }
  }

  /** The centre moves with every batch, so it is kept where it is. */
  @Test
  void gatheredBatchesTeachWhatOneBigBatchDoes() {
    Dino dino = SelfSupervised.dino(1, 0.04, false);
    ModelSpec model = SelfSupervised.transformer(SelfSupervised.DINO_HEAD, 0);
    Accumulation three = new Accumulation(3, 3);
    try (Learner big = dino(dino, model);
        Learner small = Learner.create(SelfSupervised.spec(dino, model, three), TorchDevice.CPU)) {
      StepResult expected = big.trainStep(batch(big, 0, N));
      Map<String, Tensor> first = small.student().state();
      small.trainStep(batch(small, 0, 2));
      small.trainStep(batch(small, 2, 4));
      assertEquals(first, small.student().state(), "no update yet");
      StepResult found = small.trainStep(batch(small, 4, N));
      assertEquals(expected.gradientNorm(), found.gradientNorm(), 1e-5 * expected.gradientNorm());
      assertClose(big.network().state(), small.network().state());
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void mixedPrecisionActs(LearnerSpec full) {
    LearnerSpec mixed =
        methods(true).filter(s -> s.method().equals(full.method())).findFirst().orElseThrow();
    try (Learner expected = Learner.create(full, TorchDevice.CPU);
        Learner found = Learner.create(mixed, TorchDevice.CPU)) {
      StepResult inFloat32 = expected.trainStep(batch(expected, 0, N));
      StepResult in16Bits = found.trainStep(batch(found, 0, N));
      assertNotEquals(inFloat32.loss(), in16Bits.loss(), "rounding to 8 bits shows");
      assertEquals(inFloat32.loss(), in16Bits.loss(), 0.05 * Math.abs(inFloat32.loss()) + 0.02);
      assertEquals(inFloat32.gradientNorm(), in16Bits.gradientNorm(), inFloat32.gradientNorm());
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void halfPrecisionFollowsFloat32(LearnerSpec spec) {
    Map<String, Tensor> first = Initializer.initialise(spec.model(), spec.seed());
    LossScale scale = new LossScale(true, 16, 0);
    try (Learner expected = Learner.create(spec, TorchDevice.CPU, first);
        Learner found = Learner.inHalfPrecision(spec, TorchDevice.CPU, first, scale)) {
      StepResult inFloat32 = expected.trainStep(batch(expected, 0, N));
      StepResult inFloat16 = found.trainStep(batch(found, 0, N));
      assertNotEquals(inFloat32.loss(), inFloat16.loss(), "rounding to 11 bits shows");
      assertEquals(inFloat32.loss(), inFloat16.loss(), 0.01 * Math.abs(inFloat32.loss()) + 0.002);
      assertEquals(
          inFloat32.gradientNorm(), inFloat16.gradientNorm(), 0.1 * inFloat32.gradientNorm());
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void trainingLowersTheLoss(LearnerSpec spec) {
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      double first = learner.trainStep(batch(learner, 0, N)).loss();
      double last = first;
      for (int i = 0; i < 12; i++) {
        last = learner.trainStep(batch(learner, 0, N)).loss();
      }
      assertTrue(last < first, first + " -> " + last);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void stepsLeaveNoArraysBehind(LearnerSpec spec) {
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      learner.trainStep(batch(learner, 0, N));
      int arrays = learner.network().kernels().manager().getManagedArrays().size();
      learner.trainStep(batch(learner, 0, N));
      learner.trainStep(batch(learner, 0, N));
      assertEquals(arrays, learner.network().kernels().manager().getManagedArrays().size());
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void imagesThatAreAllTheSameHaveNoSpread(LearnerSpec spec) {
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      Tensor images = images(0, 1);
      Tensor same = Tensor.concatenated(List.of(images, images, images));
      Collapse found =
          learner.trainStep(Batch.unlabelled(List.of(same, same))).collapse().orElseThrow();
      assertEquals(0, found.embeddingStd(), 1e-6);
      assertTrue(found.suspected());
    }
  }

  /** Batch norm spreads what it gives, so 1/√d is nearly reached at once. */
  @Test
  void spreadProjectionsReachTheFigureOfTheirLength() {
    LearnerSpec spec = methods().skip(2).findFirst().orElseThrow();
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      Collapse found = learner.trainStep(batch(learner, 0, N)).collapse().orElseThrow();
      double isotropic = 1 / Math.sqrt(spec.model().outputs());
      assertEquals(isotropic, found.embeddingStd(), 0.2 * isotropic);
      assertFalse(found.suspected());
      assertNull(found.teacherEntropy());
    }
  }

  @Test
  void aTeacherThatIsVeryWarmIsUniform() {
    ModelSpec model = SelfSupervised.transformer(SelfSupervised.DINO_HEAD, 0);
    try (Learner learner = dino(SelfSupervised.dino(0.9, 1e6, false), model)) {
      Collapse found = learner.trainStep(batch(learner, 0, N)).collapse().orElseThrow();
      assertEquals(Math.log(48), found.teacherEntropy(), 1e-5);
      assertTrue(found.suspected());
    }
    try (Learner learner = dino(SelfSupervised.dino(0.9, 1e-6, false), model)) {
      Collapse found = learner.trainStep(batch(learner, 0, N)).collapse().orElseThrow();
      assertEquals(0, found.teacherEntropy(), 1e-3);
      assertFalse(found.suspected());
    }
  }

  @Test
  void viewsThatAMethodCanNotLearnFromAreRefusedBeforeAnythingChanges() {
    Tensor large = images(0, N);
    Tensor small = Tensor.ofFloats(new float[N * 3 * 256], N, 3, 16, 16);
    List<LearnerSpec> specs = methods().toList();
    assertRefused(specs.get(0), List.of(large), "two global crops");
    assertRefused(specs.get(0), List.of(large, small), "two global crops");
    assertRefused(specs.get(1), List.of(large), "two views");
    assertRefused(specs.get(2), List.of(large, large, large), "two views");
    Tensor one = images(0, 1);
    assertRefused(specs.get(1), List.of(one, one), "one image");
  }

  private static void assertRefused(LearnerSpec spec, List<Tensor> views, String message) {
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      Map<String, Tensor> before = learner.student().state();
      MedtransException e =
          assertThrows(MedtransException.class, () -> learner.trainStep(Batch.unlabelled(views)));
      assertEquals(ErrorCode.INVALID_REQUEST, e.code());
      assertTrue(e.getMessage().contains(message), e.getMessage());
      assertEquals(before, learner.student().state());
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aClassifierBeginsWithTheBackboneThatTheTrainingIsFor(LearnerSpec spec, @TempDir Path folder)
      throws IOException {
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      learner.trainStep(batch(learner, 0, N));
      learner.save(folder);
      boolean residual = spec.model().residual();
      ModelSpec classifier =
          residual
              ? ModelSpec.resnet(Backbone.TEST_RESNET, 3, 5)
              : new ModelSpec(Backbone.DEIT_TINY, 3, 5, 32, 16, 0);
      FittedWeights start = FittedWeights.start(classifier, LearnerFiles.model(folder), 3);
      assertEquals(List.of(), start.passedOver());
      Map<String, Tensor> evaluated = learner.network().state();
      String name = residual ? "backbone.layer4.0.conv2.weight" : "backbone.pos_embed";
      assertEquals(evaluated.get(name), start.state().get(name));
      assertEquals(spec.method() instanceof Dino, learner.network() != learner.student());
      classifier.requireState(start.state());
    }
  }

  private static void assertClose(Map<String, Tensor> expected, Map<String, Tensor> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (name, tensor) ->
            assertArrayEquals(tensor.doubles(), found.get(name).doubles(), 1e-4, name));
  }

  private static Learner dino(Dino dino, ModelSpec model) {
    return Learner.create(SelfSupervised.spec(dino, model, Accumulation.NONE), TorchDevice.CPU);
  }

  private static Batch batch(Learner learner, int from, int to) {
    Tensor images = images(from, to);
    return SelfSupervised.views(learner.spec(), Batch.unlabelled(List.of(images)));
  }

  private static Tensor images(int from, int to) {
    int pixels = 3 * 32 * 32;
    float[] all = Golden.fill("self-supervised images", N * pixels, 4, 0);
    return Tensor.ofFloats(
        Arrays.copyOfRange(all, from * pixels, to * pixels), to - from, 3, 32, 32);
  }
}
