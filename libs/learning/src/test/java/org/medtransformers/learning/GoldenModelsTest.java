package org.medtransformers.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;

/** Networks filled by rule give PyTorch's logits, losses, gradients and updates. */
class GoldenModelsTest {
  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  @Test
  void fillFollowsTheWorkedExamples() {
    assertEquals(-0.007928431f, Golden.fill("fc.weight", 1, 1, 0)[0]);
    assertEquals(-0.07746369f, Golden.fill("backbone.pos_embed", 12346, 1, 0)[12345]);
    assertEquals(1.0844865f, Golden.fill("backbone.bn1.weight", 8, 0.5, 1)[7]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18_64",
        "resnet18_1ch_adapted",
        "resnet18_1ch_binary_bce",
        "resnet50_64",
        "deit_tiny_224p16",
        "deit_tiny_224p16_on_96",
        "deit_tiny_1ch_adapted",
        "deit_tiny_1ch_binary_bce",
        "deit_tiny_64p8_attention",
        "deit_small_64p8",
        "vit_base_32p8"
      })
  void networkGivesPyTorchsNumbers(String name) {
    JsonNode golden = Golden.read("models/" + name + ".json");
    try (Learner learner = learner(golden)) {
      JsonNode expected = golden.get("expected");
      checkEvaluation(learner.network(), golden, expected.get("eval"));
      checkAttention(learner.network(), golden, expected);
      if (expected.has("train")) {
        checkGradients(learner.network(), golden, expected.get("train"));
      }
    }
    if (golden.get("expected").has("steps")) {
      checkSteps(golden);
    }
  }

  private static void checkEvaluation(Network network, JsonNode golden, JsonNode expected) {
    Network.Outputs out = network.evaluate(GoldenModel.input(golden, "input"));
    Golden.assertWithin(expected.get("logits"), doubles(out.logits()), "logits");
    int n = out.embedding().shape().get(0).intValue();
    int features = out.embedding().shape().get(1).intValue();
    double[] l2 = new double[n];
    double[] first = new double[n * 8];
    for (int i = 0; i < n; i++) {
      float[] row = Arrays.copyOfRange(out.embedding().floats(), i * features, (i + 1) * features);
      l2[i] = Golden.l2(row);
      System.arraycopy(Golden.doubles(row), 0, first, i * 8, 8);
    }
    Golden.assertWithin(expected.get("embedding_l2"), l2, "embedding_l2");
    Golden.assertWithin(expected.get("embedding_first8"), first, "embedding_first8");
  }

  private static void checkAttention(Network network, JsonNode golden, JsonNode expected) {
    if (expected.has("last_block_cls_attention")) {
      JsonNode attention = expected.get("last_block_cls_attention");
      Tensor found = network.classAttention(GoldenModel.input(golden, "input"));
      assertArrayEquals(
          Golden.numbers(attention.get("shape")),
          found.shape().stream().mapToDouble(Long::doubleValue).toArray());
      Golden.assertWithin(attention.get("values"), doubles(found), "attention");
    }
    if (expected.has("position_embedding")) {
      checkPositions(network, expected.get("position_embedding"));
    }
  }

  private static void checkPositions(Network network, JsonNode expected) {
    int rows = expected.get("shape").get(1).asInt();
    int features = expected.get("shape").get(2).asInt();
    float[] found = network.positionEmbedding((int) Math.sqrt(rows - 1.0)).floats();
    double[] l2 = new double[rows];
    for (int i = 0; i < rows; i++) {
      l2[i] = Golden.l2(Arrays.copyOfRange(found, i * features, (i + 1) * features));
    }
    Golden.assertWithin(expected.get("l2_per_row"), l2, "position l2_per_row");
    Golden.assertWithin(
        expected.get("row1_first8"),
        Golden.doubles(Arrays.copyOfRange(found, features, features + 8)),
        "position row1_first8");
    Golden.assertWithin(
        expected.get("last_row_first8"),
        Golden.doubles(Arrays.copyOfRange(found, (rows - 1) * features, (rows - 1) * features + 8)),
        "position last_row_first8");
  }

  private static void checkGradients(Network network, JsonNode golden, JsonNode expected) {
    Batch batch = trainBatch(golden);
    PtNDManager manager = network.manager();
    NDList arguments =
        new NDList(
            NDArrays.of(manager, batch.images()),
            NDArrays.of(manager, batch.labels()),
            manager.zeros(new Shape(0)));
    List<Tensor> lossLogitsGradients =
        network.read(network.kernels().train("gradients", arguments.addAll(network.rawState())));
    Golden.assertWithin(
        expected.get("logits"), doubles(lossLogitsGradients.get(1)), "train logits");
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    for (TensorSpec spec : network.spec().tensors()) {
      if (spec.trained()) {
        gradients.put(spec.name(), lossLogitsGradients.get(2 + gradients.size()));
      }
    }
    double[] l2 = gradients.values().stream().mapToDouble(g -> Golden.l2(g.floats())).toArray();
    Golden.assertWithin(expected.get("grad_l2"), l2, "grad_l2");
    checkFirst4(expected.get("grad_first4"), gradients, "gradient of ");
  }

  private static void checkSteps(JsonNode golden) {
    JsonNode expected = golden.get("expected");
    try (Learner learner = learner(golden)) {
      int steps = golden.get("config").get("n_steps").asInt();
      double[] losses = new double[steps];
      double[] norms = new double[steps];
      for (int i = 0; i < steps; i++) {
        StepResult result = learner.trainStep(trainBatch(golden));
        losses[i] = result.loss();
        norms[i] = result.gradientNorm();
      }
      Golden.assertWithin(expected.get("steps").get("loss"), losses, "loss");
      Golden.assertWithin(expected.get("steps").get("grad_norm"), norms, "grad_norm");
      checkAfter(learner.network(), golden, expected.get("after"));
    }
  }

  private static void checkAfter(Network network, JsonNode golden, JsonNode expected) {
    Map<String, Tensor> state = network.state();
    checkFirst4(expected.get("param_first4"), state, "");
    double squares = 0;
    for (TensorSpec spec : network.spec().tensors()) {
      if (spec.trained()) {
        squares += Math.pow(Golden.l2(state.get(spec.name()).floats()), 2);
      }
    }
    Golden.assertWithin(
        expected.get("param_l2_total"), new double[] {Math.sqrt(squares)}, "param_l2_total");
    for (Map.Entry<String, JsonNode> norm : expected.path("batch_norm").properties()) {
      checkRunningStatistics(state, norm.getKey(), norm.getValue());
    }
    Golden.assertWithin(
        expected.get("eval_logits"),
        doubles(network.evaluate(GoldenModel.input(golden, "input")).logits()),
        "logits afterwards");
  }

  private static void checkRunningStatistics(
      Map<String, Tensor> state, String prefix, JsonNode expected) {
    for (String statistic : List.of("running_mean", "running_var")) {
      float[] values = state.get(prefix + statistic).floats();
      String what = prefix + statistic;
      Golden.assertWithin(
          expected.get(statistic + "_first4"), Golden.doubles(Arrays.copyOf(values, 4)), what);
      Golden.assertWithin(
          expected.get(statistic + "_l2"), new double[] {Golden.l2(values)}, what + "_l2");
    }
    assertEquals(
        expected.get("num_batches_tracked").asLong(),
        state.get(prefix + "num_batches_tracked").longs()[0]);
  }

  private static void checkFirst4(JsonNode expected, Map<String, Tensor> found, String what) {
    for (Map.Entry<String, JsonNode> tensor : expected.properties()) {
      Golden.assertWithin(
          tensor.getValue(),
          Golden.doubles(Arrays.copyOf(found.get(tensor.getKey()).floats(), 4)),
          what + tensor.getKey());
    }
  }

  /** The case's network, filled by rule. */
  private static Learner learner(JsonNode golden) {
    JsonNode config = golden.get("config");
    ModelSpec model = GoldenModel.spec(golden);
    Optimizer optimizer = optimizer(config);
    LearnerSpec spec =
        new LearnerSpec(
            model,
            optimizer,
            Schedule.constant(optimizer),
            config.path("grad_clipping").asDouble(0),
            false,
            0);
    Learner learner = Learner.create(spec, TorchDevice.CPU);
    learner.network().setState(GoldenModel.state(golden));
    assertEquals(
        new ArrayList<>(GoldenModel.state(golden).keySet()),
        model.tensors().stream().map(TensorSpec::name).toList(),
        "names in PyTorch's order");
    return learner;
  }

  private static Optimizer optimizer(JsonNode config) {
    JsonNode optimizer = config.path("optimizer");
    return Optimizer.of(
        new RunConfig.Optimizer(optimizer.path("type").asText("Adam"), false, optimizer));
  }

  private static Batch trainBatch(JsonNode golden) {
    JsonNode labels = golden.get("config").get("labels");
    double[] values = Golden.numbers(labels);
    if (labels.get(0).isArray()) {
      float[] floats = new float[values.length];
      Arrays.setAll(values, i -> floats[i] = (float) values[i]);
      return new Batch(
          GoldenModel.input(golden, "train_input"), Tensor.ofFloats(floats, values.length, 1));
    }
    long[] longs = Arrays.stream(values).mapToLong(v -> (long) v).toArray();
    return new Batch(GoldenModel.input(golden, "train_input"), Tensor.ofLongs(longs, longs.length));
  }

  private static double[] doubles(Tensor tensor) {
    return Golden.doubles(tensor.floats());
  }
}
