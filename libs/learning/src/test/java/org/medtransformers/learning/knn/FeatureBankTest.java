package org.medtransformers.learning.knn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;

class FeatureBankTest {
  private static final double TEMPERATURE = 0.5;
  private static final double NEAR = Math.exp(1 / TEMPERATURE);
  private static final Tensor QUERY = embeddings(7, 0);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void batchesMakeOneBank() {
    FeatureBank bank = new FeatureBank(dataset(Task.MULTI_CLASS, "a", "b", "c"));
    bank.add(embeddings(2, 0, 0, 1), new int[] {2, 0});
    bank.add(embeddings(3, 0), new int[] {1});
    assertEquals(3, bank.size());
    double all = 2 * NEAR + 1;
    assertShares(bank, 3, 1 / all, NEAR / all, NEAR / all);
  }

  @Test
  void oneLogitHasTheSharesOfNegativeAndPositive() {
    FeatureBank bank = new FeatureBank(dataset(Task.BINARY, "negative", "positive"));
    bank.add(embeddings(1, 0, 0, 1), new int[] {1, 0});
    assertShares(bank, 2, 1 / (NEAR + 1), NEAR / (NEAR + 1));
  }

  @Test
  void ofSeveralClassesEachHasItsOwnShare() {
    FeatureBank bank = new FeatureBank(dataset(Task.MULTI_LABEL, "a", "b", "c"));
    bank.add(embeddings(1, 0, 0, 1), new int[] {1, 1, 0, 1, 0, 0});
    assertShares(bank, 2, 1, NEAR / (NEAR + 1), 0);
  }

  @Test
  void moreNeighboursThanThereAreMeanAllOfThem() {
    FeatureBank bank = new FeatureBank(dataset(Task.BINARY, "negative", "positive"));
    bank.add(embeddings(1, 0, 0, 1), new int[] {1, 0});
    assertEquals(2, bank.neighbours(200));
    assertEquals(1, bank.neighbours(1));
    assertShares(bank, 200, 1 / (NEAR + 1), NEAR / (NEAR + 1));
  }

  @Test
  void anEmptyBankIsRefused() {
    FeatureBank bank = new FeatureBank(dataset(Task.BINARY, "negative", "positive"));
    assertThrows(
        MedtransException.class, () -> bank.classifier(1, TEMPERATURE, TorchDevice.CPU).close());
  }

  private static void assertShares(FeatureBank bank, int k, double... expected) {
    float[] wanted = new float[expected.length];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = (float) expected[i];
    }
    try (KnnClassifier classifier = bank.classifier(k, TEMPERATURE, TorchDevice.CPU)) {
      assertArrayEquals(wanted, classifier.vote(QUERY).shares().floats(), 1e-6f);
    }
  }

  private static Tensor embeddings(float... values) {
    return Tensor.ofFloats(values, values.length / 2, 2);
  }

  static DatasetDescription dataset(Task task, String... classes) {
    return new DatasetDescription(
        "Test", List.of(classes), task, 1, List.of(), List.of(), TargetMetric.usual(task), true);
  }
}
