package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.TorchEngine;

/** Smoothed and weighted losses and their gradients equal PyTorch's and the formula. */
class LossesTest {
  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static Stream<JsonNode> cases() {
    JsonNode all = Golden.pyTorch("losses.json");
    return Stream.iterate(0, i -> i < all.size(), i -> i + 1).map(all::get);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossAndGradientEqualPyTorchs(JsonNode wanted) {
    int classes = wanted.get("classes").asInt();
    try (Kernels kernels = kernels(wanted);
        GradientCollector collector = kernels.manager().getEngine().newGradientCollector()) {
      NDArray logits = logits(kernels.manager(), wanted);
      logits.setRequiresGradient(true);
      NDArray loss =
          kernels.train("loss", new NDList(logits, labels(kernels.manager(), wanted))).get(0);
      collector.backward(loss);
      assertEquals(wanted.get("loss").asDouble(), loss.getFloat(), 1e-6);
      double[] gradient = Golden.doubles(logits.getGradient().toFloatArray());
      assertArrayEquals(Golden.numbers(wanted.get("gradient")), gradient, 1e-6);
      assertEquals(formula(logits, wanted, classes), loss.getFloat(), 1e-6);
    }
  }

  /** The same with DJL's operators. */
  private static double formula(NDArray logits, JsonNode wanted, int classes) {
    NDManager manager = logits.getManager();
    double smoothing = wanted.get("smoothing").asDouble();
    double[] weights = Golden.numbers(wanted.get("weights"));
    int[] labels = labels(wanted);
    NDArray twoLogits = classes > 1 ? logits : logits.zerosLike().concat(logits, 1);
    NDArray surprise = twoLogits.logSoftmax(1).neg();
    int outputs = Math.max(2, classes);
    double sum = 0;
    double divisor = 0;
    for (int i = 0; i < labels.length; i++) {
      NDArray ofImage = surprise.get(i);
      double weight = weights.length == 0 ? 1 : weights[labels[i]];
      NDArray ofClass = manager.ones(new Shape(outputs));
      if (weights.length > 0) {
        // Only the cross-entropy weighs the smoothed part by each class of its own.
        ofClass =
            classes > 1
                ? manager.create(weights).toType(ofClass.getDataType(), false)
                : ofClass.mul(weight);
      }
      sum += (1 - smoothing) * weight * ofImage.getFloat(labels[i]);
      sum += smoothing / outputs * ofImage.mul(ofClass).sum().getFloat();
      divisor += classes > 1 ? weight : 1;
    }
    return sum / divisor;
  }

  private static Kernels kernels(JsonNode wanted) {
    List<Double> weights = Arrays.stream(Golden.numbers(wanted.get("weights"))).boxed().toList();
    return TestKernels.load(
        Map.of("label_smoothing", wanted.get("smoothing").doubleValue(), "class_weights", weights));
  }

  private static NDArray logits(NDManager manager, JsonNode wanted) {
    int classes = wanted.get("classes").asInt();
    int n = wanted.get("labels").size();
    return manager.create(
        Golden.fill("loss.logits." + classes, n * classes, 6, 0), new Shape(n, classes));
  }

  private static NDArray labels(NDManager manager, JsonNode wanted) {
    int[] labels = labels(wanted);
    if (wanted.get("classes").asInt() > 1) {
      return manager.create(Arrays.stream(labels).asLongStream().toArray());
    }
    float[] targets = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      targets[i] = labels[i];
    }
    return manager.create(targets, new Shape(targets.length, 1));
  }

  private static int[] labels(JsonNode wanted) {
    return Arrays.stream(Golden.numbers(wanted.get("labels"))).mapToInt(v -> (int) v).toArray();
  }
}
