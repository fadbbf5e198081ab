package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.method.Loss;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.optimizer.LossScale;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;

/** Accumulated batches, averaged weights, scaled losses and layer-wise learning rates. */
class RecipeTest {
  private static final ModelSpec MODEL = new ModelSpec(Backbone.TEST_VIT, 3, 3, 16, 8, 0);
  private static final Optimizer SGD = new Optimizer.Sgd(0.1, 0, 0, 0, false);
  private static final Loss WEIGHTED = new Loss(0.1, List.of(0.5, 1.0, 2.0));

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  /** Ten images as one batch, and as three batches of unequal size. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void accumulatedBatchesEqualOneBigBatch(boolean scaled) {
    LossScale scale = scaled ? LossScale.initial() : LossScale.OFF;
    Loss loss = WEIGHTED;
    LearnerSpec once =
        spec(SGD, 0.5, new Recipe(new Supervised(loss), Optional.empty(), 1, 0, Accumulation.NONE));
    LearnerSpec thrice =
        spec(
            SGD,
            0.5,
            new Recipe(new Supervised(loss), Optional.empty(), 1, 0, new Accumulation(3, 3)));
    try (Learner big = Learner.create(once, TorchDevice.CPU);
        Learner small = Learner.create(thrice, TorchDevice.CPU, scale)) {
      StepResult expected = big.trainStep(batch(0, 10));
      Map<String, Tensor> first = small.network().state();
      small.trainStep(batch(0, 4));
      small.trainStep(batch(4, 8));
      assertEquals(first, small.network().state(), "nothing moves before the last batch");
      StepResult found = small.trainStep(batch(8, 10));
      assertEquals(3, found.iteration());
      assertEquals(expected.gradientNorm(), found.gradientNorm(), 1e-5 * expected.gradientNorm());
      assertNotEquals(first, small.network().state());
      assertClose(big.network().state(), small.network().state(), 1e-6);
    }
  }

  @Test
  void theLastGroupOfAnEpochMayBeSmaller() {
    Accumulation accumulation = new Accumulation(2, 3);
    assertEquals(2, accumulation.updatesPerEpoch());
    List<Boolean> updates =
        List.of(1, 2, 3, 4, 5, 6).stream().map(accumulation::updatesAfter).toList();
    assertEquals(List.of(false, true, true, false, true, true), updates);
  }

  @Test
  void averagesMoveAsPyTorchs() {
    JsonNode golden = Golden.pyTorch("averages.json");
    try (Kernels kernels =
        TestKernels.load(
            Map.of(
                "ema_decay", golden.get("decay").doubleValue(),
                "names", "weight\ncount",
                "trainable", "weight"))) {
      Shape shape = new Shape(3, 4);
      NDArray average = kernels.manager().create(Golden.fill("ema.0", 12, 2, 0), shape);
      average.setName("averages[]");
      NDArray counted = kernels.manager().create(7L);
      NDArray count = kernels.manager().create(0L);
      counted.setName("state[]");
      count.setName("averages[]");
      for (int step = 1; step <= golden.get("expected").size(); step++) {
        NDArray now = kernels.manager().create(Golden.fill("ema." + step, 12, 2, 0), shape);
        now.setName("state[]");
        now.setRequiresGradient(true);
        kernels.train("average", new NDList(now, counted, average, count)).close();
        assertArrayEquals(
            Golden.numbers(golden.get("expected").get(step - 1)),
            Golden.doubles(average.toFloatArray()),
            1e-6);
      }
      assertEquals(7, count.getLong(), "what is no weight is copied");
    }
  }

  @Test
  void theAverageIsWhatIsEvaluatedAndSavedAsTheModel(@TempDir Path folder) throws IOException {
    ModelSpec model = ModelSpec.resnet(Backbone.TEST_RESNET, 3, 3);
    Recipe averaged = new Recipe(Supervised.PLAIN, Optional.empty(), 1, 0.75, Accumulation.NONE);
    try (Learner plain = Learner.create(spec(model, SGD, 0, Recipe.PLAIN), TorchDevice.CPU);
        Learner learner = Learner.create(spec(model, SGD, 0, averaged), TorchDevice.CPU)) {
      Map<String, Tensor> first = plain.network().state();
      Batch batch = images(0, 6, 32);
      plain.trainStep(batch);
      learner.trainStep(batch);
      Map<String, Tensor> weights = plain.network().state();
      Map<String, Tensor> average = learner.network().state();
      float[] before = first.get("fc.weight").floats();
      float[] after = weights.get("fc.weight").floats();
      float[] between = average.get("fc.weight").floats();
      for (int i = 0; i < before.length; i++) {
        assertEquals(0.75 * before[i] + 0.25 * after[i], between[i], 1e-6);
      }
      String statistic = "backbone.layer1.0.bn1.running_mean";
      assertEquals(weights.get(statistic), average.get(statistic), "statistics are copied");
      learner.save(folder);
      assertEquals(average, LearnerFiles.model(folder));
      assertEquals(weights, LearnerFiles.read(folder.resolve(LearnerFiles.UNAVERAGED)));
      assertNotEquals(
          plain.network().evaluate(batch.images()), learner.network().evaluate(batch.images()));
    }
  }

  @Test
  void anUpdateWhoseGradientsOverflowIsLeftOut() {
    Optimizer adam = new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 0);
    try (Learner learner =
        Learner.create(
            spec(adam, 1, Recipe.PLAIN), TorchDevice.CPU, new LossScale(true, 0x1p127, 5))) {
      Map<String, Tensor> first = learner.network().state();
      Batch batch = batch(0, 6);
      StepResult overflown = learner.trainStep(batch);
      assertFalse(Double.isFinite(overflown.gradientNorm()));
      assertEquals(first, learner.network().state());
      StepResult result = overflown;
      for (int i = 0; i < 40 && !Double.isFinite(result.gradientNorm()); i++) {
        result = learner.trainStep(batch);
      }
      try (Learner unscaled = Learner.create(spec(adam, 1, Recipe.PLAIN), TorchDevice.CPU)) {
        unscaled.trainStep(batch);
        assertClose(unscaled.network().state(), learner.network().state(), 1e-6);
      }
    }
  }

  @Test
  void gradientsThatOverflowAtAnyScaleEndTheTraining() {
    try (Learner learner =
        Learner.create(
            spec(new Optimizer.Sgd(1e30, 0, 0, 0, false), 0, Recipe.PLAIN),
            TorchDevice.CPU,
            LossScale.initial())) {
      MedtransException e =
          assertThrows(
              MedtransException.class,
              () -> {
                for (int i = 0; i < 60; i++) {
                  learner.trainStep(batch(0, 6));
                }
              });
      assertEquals(ErrorCode.TRAINING_DIVERGED, e.code());
      assertTrue(e.getMessage().contains("iteration " + learner.iteration()), e.getMessage());
    }
  }

  @Test
  void lowerLayersMoveLess() {
    Recipe halved = new Recipe(Supervised.PLAIN, Optional.empty(), 0.5, 0, Accumulation.NONE);
    try (Learner plain = Learner.create(spec(SGD, 0, Recipe.PLAIN), TorchDevice.CPU);
        Learner decayed = Learner.create(spec(SGD, 0, halved), TorchDevice.CPU)) {
      Map<String, Tensor> first = plain.network().state();
      plain.trainStep(batch(0, 6));
      decayed.trainStep(batch(0, 6));
      for (Map.Entry<String, Integer> layer :
          Map.of("fc.weight", 0, "backbone.blocks.0.mlp.fc1.weight", 3).entrySet()) {
        double full = moved(first, plain.network().state(), layer.getKey());
        double scaled = moved(first, decayed.network().state(), layer.getKey());
        assertEquals(Math.pow(0.5, layer.getValue()), scaled / full, 1e-3, layer.getKey());
      }
    }
  }

  private static double moved(Map<String, Tensor> from, Map<String, Tensor> to, String name) {
    float[] before = from.get(name).floats();
    float[] difference = to.get(name).floats();
    for (int i = 0; i < before.length; i++) {
      difference[i] -= before[i];
    }
    return Golden.l2(difference);
  }

  private static void assertClose(
      Map<String, Tensor> expected, Map<String, Tensor> found, double atol) {
    expected.forEach(
        (name, tensor) ->
            assertArrayEquals(
                Golden.doubles(tensor.floats()),
                Golden.doubles(found.get(name).floats()),
                atol,
                name));
  }

  private static LearnerSpec spec(Optimizer optimizer, double clip, Recipe recipe) {
    return spec(MODEL, optimizer, clip, recipe);
  }

  private static LearnerSpec spec(
      ModelSpec model, Optimizer optimizer, double clip, Recipe recipe) {
    return new LearnerSpec(model, optimizer, Schedule.constant(optimizer), clip, false, 3, recipe);
  }

  private static Batch batch(int from, int to) {
    return images(from, to, 16);
  }

  /** Images {@code from} to {@code to - 1} of twelve. */
  private static Batch images(int from, int to, int side) {
    int pixels = 3 * side * side;
    float[] all = Golden.fill("images", 12 * pixels, 2, 0);
    long[] labels = new long[to - from];
    for (int i = from; i < to; i++) {
      labels[i - from] = i % 3;
    }
    return new Batch(
        Tensor.ofFloats(
            Arrays.copyOfRange(all, from * pixels, to * pixels), to - from, 3, side, side),
        Tensor.ofLongs(labels, labels.length));
  }
}
