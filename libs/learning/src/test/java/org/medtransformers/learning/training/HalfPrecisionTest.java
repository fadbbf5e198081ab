package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.optimizer.LossScale;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;

/**
 * Products in float16 with a scaled loss, as on GPUs that cannot multiply bfloat16, on the
 * processor's kernels: PyTorch's autocast and GradScaler, see {@code half_precision.py}.
 */
class HalfPrecisionTest {
  /** float16 has 11 bits; what rounds differently adds up over the layers. */
  private static final double LOSS_TOLERANCE = 2e-3;

  private static final double NORM_TOLERANCE = 1e-2;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static Stream<JsonNode> trainings() {
    JsonNode cases = Golden.pyTorch("half_precision.json").get("cases");
    return StreamSupport.stream(cases.spliterator(), false);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("trainings")
  void lossesAndScalesAreThoseOfPyTorchsGradScaler(JsonNode training) {
    LossScale first =
        new LossScale(true, training.get("scale").asDouble(), training.get("good").asInt());
    try (Learner learner =
        Learner.inHalfPrecision(spec(training), TorchDevice.CPU, state(training), first)) {
      Batch batch = batch(training);
      for (JsonNode expected : training.get("steps")) {
        Map<String, Tensor> before = learner.network().state();
        StepResult step = learner.trainStep(batch);
        assertClose(Golden.number(expected.get("loss")), step.loss(), LOSS_TOLERANCE);
        double norm = Golden.number(expected.get("norm"));
        if (Double.isFinite(norm)) {
          assertClose(norm, step.gradientNorm(), NORM_TOLERANCE);
        } else {
          assertFalse(Double.isFinite(step.gradientNorm()), step.toString());
        }
        assertEquals(Double.isFinite(norm), !weightsOf(before).equals(weights(learner)));
        assertEquals(expected.get("scale").asDouble(), learner.lossScale().scale());
        assertEquals(expected.get("good").asInt(), learner.lossScale().goodUpdates());
      }
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("trainings")
  void roundingShows(JsonNode training) {
    try (Learner half =
            Learner.inHalfPrecision(
                spec(training), TorchDevice.CPU, state(training), LossScale.initial());
        Learner single = Learner.create(spec(training), TorchDevice.CPU, state(training))) {
      double loss = half.trainStep(batch(training)).loss();
      double expected = single.trainStep(batch(training)).loss();
      assertClose(training.get("float32").get(0).get("loss").asDouble(), expected, 1e-5);
      assertNotEquals(expected, loss);
    }
  }

  private static void assertClose(double expected, double found, double tolerance) {
    assertEquals(expected, found, tolerance * Math.abs(expected));
  }

  private static Map<String, Tensor> weights(Learner learner) {
    return weightsOf(learner.network().state());
  }

  /** Running statistics move with every batch that is seen. */
  private static Map<String, Tensor> weightsOf(Map<String, Tensor> state) {
    Map<String, Tensor> weights = new LinkedHashMap<>(state);
    weights.keySet().removeIf(n -> n.contains("running_") || n.endsWith("num_batches_tracked"));
    return weights;
  }

  private static LearnerSpec spec(JsonNode training) {
    Backbone backbone = Backbone.of(training.get("arch").asText());
    int channels = training.get("channels").asInt();
    int classes = training.get("classes").asInt();
    ModelSpec model =
        backbone.family() == Backbone.Family.RESNET
            ? ModelSpec.resnet(backbone, channels, classes)
            : new ModelSpec(
                backbone,
                channels,
                classes,
                training.get("size").asInt(),
                training.get("patch").asInt(),
                0);
    Optimizer adam = new Optimizer.Adam(training.get("lr").asDouble(), 0.9, 0.999, 1e-8, 0);
    return new LearnerSpec(model, adam, Schedule.constant(adam), 1, false, 0);
  }

  private static Map<String, Tensor> state(JsonNode training) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (JsonNode row : training.get("state")) {
      String name = row.get(0).asText();
      state.put(
          name,
          name.endsWith("num_batches_tracked")
              ? Tensor.ofLongs(new long[] {0})
              : Golden.fill(name, row.get(1), row.get(3).asDouble(), row.get(4).asDouble()));
    }
    return state;
  }

  private static Batch batch(JsonNode training) {
    int n = training.get("batch").asInt();
    int channels = training.get("channels").asInt();
    int side = training.get("size").asInt();
    int classes = training.get("classes").asInt();
    long[] labels = new long[n];
    Arrays.setAll(labels, i -> (3L * i + 1) % classes);
    float[] images = Golden.fill("images", n * channels * side * side, 4, 0);
    return new Batch(Tensor.ofFloats(images, n, channels, side, side), Tensor.ofLongs(labels, n));
  }
}
