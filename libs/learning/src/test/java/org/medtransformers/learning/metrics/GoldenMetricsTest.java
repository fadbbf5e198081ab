package org.medtransformers.learning.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.learning.Golden;

/** Metrics equal scikit-learn's. */
class GoldenMetricsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "multiclass_2_n40_s2",
        "multiclass_3_n50_s4",
        "multiclass_5_n30_s6",
        "multiclass_5_n60_s1",
        "multiclass_6_n90_s5",
        "multiclass_8_n200_s3",
      })
  void multiClassMetricsEqualScikitLearns(String name) {
    JsonNode golden = Golden.read("metrics/" + name + ".json");
    Predictions predictions = new Predictions(Task.MULTI_CLASS, golden.get("n_classes").asInt());
    predictions.add(floats(golden.get("logits")), integers(golden.get("labels")));
    checkMultiClass(golden, predictions.metrics());
  }

  @Test
  void kappaOfASingleClassIsUndefined() {
    JsonNode golden = Golden.read("metrics/multiclass_degenerate.json");
    checkMultiClass(
        golden,
        Classification.multiClass(
            integers(golden.get("labels")),
            integers(golden.get("predictions")),
            golden.get("n_classes").asInt(),
            0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary_n25_s22", "binary_n40_s21"})
  void binaryMetricsEqualScikitLearns(String name) {
    JsonNode golden = Golden.read("metrics/" + name + ".json");
    Metrics found =
        Classification.binary(
            integers(golden.get("labels")), Golden.numbers(golden.get("probabilities")), 0);
    JsonNode expected = golden.get("expected");
    double atol = golden.get("tolerance").get("atol").asDouble();
    checkCommon(expected, found, atol);
    assertEquals(expected.get("roc_auc_per_class").get(0).asDouble(), found.rocAuc(), atol);
    assertEquals(expected.get("mAP").asDouble(), found.averagePrecision(), atol);
    JsonNode matrices = expected.get("confusion_matrices_per_class_[[tn,fp],[fn,tp]]");
    assertArrayEquals(integers(matrices.get(1)), flat(found));
  }

  @Test
  void rankingWithoutPositivesIsUndefined() {
    Metrics found = Classification.binary(new int[] {0, 0}, new double[] {0.2, 0.7}, 0);
    assertTrue(Double.isNaN(found.rocAuc()));
    assertTrue(Double.isNaN(found.averagePrecision()));
  }

  @Test
  void lossesAreMeansInClosedForm() {
    Predictions multiClass = new Predictions(Task.MULTI_CLASS, 2);
    multiClass.add(new float[] {0, 0, 1000, 0}, new int[] {1, 1});
    assertEquals((Math.log(2) + 1000) / 2, multiClass.metrics().loss(), 1e-12);
    Predictions binary = new Predictions(Task.BINARY, 1);
    binary.add(new float[] {0, -1000}, new int[] {1, 1});
    assertEquals((Math.log(2) + 1000) / 2, binary.metrics().loss(), 1e-12);
  }

  private static void checkMultiClass(JsonNode golden, Metrics found) {
    JsonNode expected = golden.get("expected");
    double atol = golden.get("tolerance").get("atol").asDouble();
    checkCommon(expected, found, atol);
    assertEquals(Golden.number(expected.get("cohen_kappa_quadratic")), found.cohenKappa(), atol);
    if (expected.has("recall_per_class")) {
      assertArrayEquals(
          Golden.numbers(expected.get("recall_per_class")),
          found.recallPerClass().stream().mapToDouble(d -> d).toArray(),
          atol);
      assertArrayEquals(integers(expected.get("confusion_matrix_rows_are_truth")), flat(found));
    }
  }

  private static void checkCommon(JsonNode expected, Metrics found, double atol) {
    assertEquals(expected.get("accuracy").asDouble(), found.accuracy(), atol);
    assertEquals(expected.get("precision").asDouble(), found.precision(), atol);
    assertEquals(expected.get("recall").asDouble(), found.recall(), atol);
    assertEquals(expected.get("f1").asDouble(), found.f1(), atol);
  }

  private static int[] flat(Metrics found) {
    return found.confusionMatrix().stream()
        .flatMapToInt(row -> row.stream().mapToInt(i -> i))
        .toArray();
  }

  private static int[] integers(JsonNode node) {
    return Arrays.stream(Golden.numbers(node)).mapToInt(v -> (int) v).toArray();
  }

  private static float[] floats(JsonNode node) {
    double[] numbers = Golden.numbers(node);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
