package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.network.Network;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;

/** Activations have 16 bits, weights and losses 32. */
class MixedPrecisionTest {
  private static final Optimizer ADAM = new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 0);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  /** PyTorch's numbers of types: float16 is 5, float32 6, bfloat16 15. */
  @ParameterizedTest
  @CsvSource({"0, 6", "1, 15", "2, 15", "3, 5"})
  void activationsHaveTheTypeThatIsAskedFor(int precision, long type) {
    try (Kernels kernels = Kernels.load(Device.cpu(), "Probe", Map.of())) {
      NDList arguments = new NDList();
      arguments.add(array(kernels, Golden.fill("x", 2 * 64 * 8 * 8, 2, 0), 2, 64, 8, 8));
      arguments.add(NDArrays.of(kernels.manager(), Tensor.ofLongs(new long[] {precision})));
      arguments.add(array(kernels, Golden.fill("weight", 64 * 64, 0.25, 0), 64, 64));
      arguments.add(array(kernels, Golden.fill("bias", 64, 0.25, 1), 64));
      try (NDList types = kernels.train("types", arguments)) {
        assertArrayEquals(new long[] {type, type, type, type, type}, types.get(0).toLongArray());
      }
    }
  }

  /** A hundredth: bfloat16 has 8 significant bits, and values are about 1. */
  @Test
  void attentionIsTheSameHoweverItIsComputed() {
    try (Kernels kernels = Kernels.load(Device.cpu(), "Probe", Map.of())) {
      double[] fused = attended(kernels, 0);
      for (int precision : new int[] {1, 2}) {
        assertArrayEquals(fused, attended(kernels, precision), 0.01, "precision " + precision);
      }
    }
  }

  private static double[] attended(Kernels kernels, int precision) {
    NDList arguments = new NDList();
    for (String name : List.of("q", "k", "v")) {
      arguments.add(array(kernels, Golden.fill(name, 2 * 3 * 5 * 64, 2, 0), 2, 3, 5, 64));
    }
    arguments.add(NDArrays.of(kernels.manager(), Tensor.ofLongs(new long[] {precision})));
    try (NDList y = kernels.train("attended", arguments)) {
      return NDArrays.read(y.get(0)).doubles();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESNET18", "DEIT_TINY"})
  void gradientsFollowThoseInFloat32(Backbone backbone) {
    Batch batch = batch();
    try (Learner full = Learner.create(spec(backbone, false), TorchDevice.CPU);
        Learner mixed = Learner.create(spec(backbone, true), TorchDevice.CPU)) {
      Gradients expected = full.gradients(batch);
      Gradients found = mixed.gradients(batch);
      assertNotEquals(expected.loss(), found.loss(), "rounding to 8 bits shows");
      assertEquals(expected.loss(), found.loss(), 0.02 * expected.loss());
      double cosine = cosine(expected.byName(), found.byName());
      assertTrue(cosine > 0.9, "cosine " + cosine);
    }
  }

  @Test
  void evaluationStaysInFloat32() {
    try (Learner full = Learner.create(spec(Backbone.DEIT_TINY, false), TorchDevice.CPU);
        Learner mixed = Learner.create(spec(Backbone.DEIT_TINY, true), TorchDevice.CPU)) {
      Tensor images = batch().images();
      assertEquals(full.network().evaluate(images), mixed.network().evaluate(images));
    }
  }

  @Test
  void aResumedTrainingGoesOnBitForBit(@TempDir Path folder) throws IOException {
    LearnerSpec spec = spec(Backbone.DEIT_TINY, true);
    try (Learner whole = Learner.create(spec, TorchDevice.CPU);
        Learner resumed = Learner.create(spec, TorchDevice.CPU)) {
      whole.trainStep(batch());
      whole.save(folder);
      resumed.load(folder);
      for (int i = 0; i < 3; i++) {
        assertEquals(whole.trainStep(batch()), resumed.trainStep(batch()));
      }
      assertEquals(whole.network().state(), resumed.network().state());
    }
  }

  @Test
  void cropsOfSeveralSizesGiveWhatEachGivesAlone() {
    try (Learner learner = Learner.create(spec(Backbone.DEIT_TINY, false), TorchDevice.CPU)) {
      Network network = learner.network();
      List<Tensor> crops = List.of(images(2, 32), images(3, 32), images(1, 16));
      Network.Outputs apart = network.evaluate(crops, true);
      Network.Outputs together = network.evaluate(crops, false);
      assertEquals(List.of(6L, 192L), together.embedding().shape());
      assertArrayEquals(
          apart.embedding().doubles(), together.embedding().doubles(), 1e-5, "embeddings");
      assertArrayEquals(apart.logits().doubles(), together.logits().doubles(), 1e-5, "logits");
      float[] last = network.evaluate(crops.get(2)).logits().floats();
      assertArrayEquals(
          new double[] {last[0], last[1]},
          new double[] {together.logits().doubles()[10], together.logits().doubles()[11]},
          1e-5);
    }
  }

  private static LearnerSpec spec(Backbone backbone, boolean mixed) {
    ModelSpec model =
        backbone.family() == Backbone.Family.RESNET
            ? ModelSpec.resnet(backbone, 3, 2)
            : new ModelSpec(backbone, 3, 2, 64, 8, 0);
    Recipe recipe = new Recipe(Supervised.PLAIN, Optional.empty(), 1, 0, Accumulation.NONE, mixed);
    return new LearnerSpec(model, ADAM, Schedule.constant(ADAM), 1, false, 3, recipe);
  }

  private static Batch batch() {
    return new Batch(images(8, 64), Tensor.ofLongs(new long[] {0, 1, 0, 1, 1, 0, 0, 1}, 8));
  }

  private static Tensor images(int n, int side) {
    return Tensor.ofFloats(Golden.fill("images", n * 3 * side * side, 4, 0), n, 3, side, side);
  }

  private static NDArray array(Kernels kernels, float[] values, long... shape) {
    return NDArrays.of(kernels.manager(), Tensor.ofFloats(values, shape));
  }

  private static double cosine(Map<String, Tensor> one, Map<String, Tensor> other) {
    double dot = 0;
    double oneSquared = 0;
    double otherSquared = 0;
    for (Map.Entry<String, Tensor> entry : one.entrySet()) {
      float[] a = entry.getValue().floats();
      float[] b = other.get(entry.getKey()).floats();
      for (int i = 0; i < a.length; i++) {
        dot += (double) a[i] * b[i];
        oneSquared += (double) a[i] * a[i];
        otherSquared += (double) b[i] * b[i];
      }
    }
    return dot / Math.sqrt(oneSquared * otherSquared);
  }
}
