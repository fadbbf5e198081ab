package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Metrics;

/** Metrics in closed form; the reference's numbers are checked with its other cases. */
class MetricsTest {
  @Test
  void rankingWithoutPositivesIsUndefined() {
    Metrics found = Classification.binary(new int[] {0, 0}, new double[] {0.2, 0.7}, 0);
    assertTrue(Double.isNaN(found.rocAuc()));
    assertTrue(Double.isNaN(found.averagePrecision()));
  }

  @Test
  void anImageCountsAsRightOnlyIfEveryOutputIs() {
    int[][] labels = {{1, 0}, {1, 1}, {0, 0}};
    double[][] probabilities = {{0.9, 0.5}, {0.9, 0.2}, {0.1, 0.8}};
    MultiLabelMetrics found = MultiLabelMetrics.of(labels, probabilities);
    assertEquals(1 / 3.0, found.accuracy(), 1e-12);
    assertEquals(0.5, found.precision(), 1e-12);
    assertEquals(0.5, found.recall(), 1e-12);
    assertEquals(List.of(List.of(1, 1), List.of(1, 0)), found.confusionMatrices().get(1));
    assertEquals(List.of(1.0, 0.0), found.rocAuc());
  }

  @Test
  void meansOverFindingsLeaveOutThoseThatHaveNoValue() {
    Predictions predictions = new Predictions(Task.MULTI_LABEL, 2);
    predictions.add(new float[] {0, -1, 2, -1000}, new int[] {0, 0, 1, 0});
    Metrics found = predictions.metrics();
    assertEquals(2, found.n());
    assertEquals(1.0, found.rocAuc());
    assertEquals(1.0, found.averagePrecision());
    assertEquals(1.0, found.findings().get(0).rocAuc());
    assertTrue(Double.isNaN(found.findings().get(1).rocAuc()));
    assertEquals(List.of(List.of(2, 0), List.of(0, 0)), found.findings().get(1).confusionMatrix());
    double softplus = Math.log(2) + Math.log1p(Math.exp(-1)) + Math.log1p(Math.exp(-2));
    assertEquals(softplus / 4, found.loss(), 1e-7);
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

  /** Losses: {@code sklearn.metrics.log_loss} of the same numbers in single precision. */
  @Test
  void probabilitiesCountLikeTheLogitsThatGiveThem() {
    Predictions multiClass = new Predictions(Task.MULTI_CLASS, 3);
    multiClass.addProbabilities(new float[] {0.2f, 0.5f, 0.3f, 0.1f, 0, 0.9f}, new int[] {0, 2});
    assertEquals(0.5, multiClass.metrics().accuracy());
    assertEquals(-(Math.log(0.2) + Math.log(0.9)) / 2, multiClass.metrics().loss(), 1e-7);

    Predictions binary = new Predictions(Task.BINARY, 1);
    binary.addProbabilities(
        new float[] {0.75f, 0.25f, 0.5f, 0.5f, 0.2f, 0.8f}, new int[] {0, 1, 1});
    assertEquals(2 / 3.0, binary.metrics().accuracy(), 1e-12);
    assertEquals(1.0, binary.metrics().rocAuc());
    assertEquals(
        -(Math.log(0.75) + Math.log(0.5) + Math.log(0.8)) / 3, binary.metrics().loss(), 1e-7);

    Predictions multiLabel = new Predictions(Task.MULTI_LABEL, 2);
    multiLabel.addProbabilities(new float[] {0.75f, 0.5f}, new int[] {1, 0});
    assertEquals(1.0, multiLabel.metrics().accuracy());
    assertEquals(-(Math.log(0.75) + Math.log(0.5)) / 2, multiLabel.metrics().loss(), 1e-7);
  }

  @Test
  void aClassThatIsRuledOutButTrueCostsNoMoreThanSinglePrecisionTells() {
    Predictions predictions = new Predictions(Task.MULTI_CLASS, 2);
    predictions.addProbabilities(new float[] {0, 1, 0, 1}, new int[] {0, 1});
    double bound = Math.pow(2, -23);
    assertEquals(-(Math.log(bound) + Math.log(1 - bound)) / 2, predictions.metrics().loss(), 1e-12);
  }
}
