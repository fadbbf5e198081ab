package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.Task;

class ThresholdPointTest {
  private static final double CLOSE = 1e-12;
  private static final int[] LABELS = {0, 1, 1, 0, 1, 0, 0, 1, 1, 0};
  private static final double[] PROBABILITIES = {
    0.1, 0.9, 0.4, 0.4, 0.75, 0.6, 0.05, 0.6, 0.2, 0.3
  };

  /** Thresholds of {@code roc_curve(drop_intermediate=False)}: {@code confusion_matrix} at each. */
  private static final double[][] SCIKIT_LEARN = {
    // threshold, true negatives, false positives, false negatives, true positives, Matthews
    {Double.POSITIVE_INFINITY, 5, 0, 5, 0, 0},
    {0.9, 5, 0, 4, 1, 1 / 3.0},
    {0.75, 5, 0, 3, 2, 0.5},
    {0.6, 4, 1, 2, 3, 0.40824829046386296},
    {0.4, 3, 2, 1, 4, 0.40824829046386296},
    {0.3, 2, 3, 1, 4, 0.21821789023599236},
    {0.2, 2, 3, 0, 5, 0.5},
    {0.1, 1, 4, 0, 5, 1 / 3.0},
    {0.05, 0, 5, 0, 5, 0}
  };

  @Test
  void thresholdsAndCountsAreThoseOfScikitLearn() {
    List<ThresholdPoint> points = ThresholdPoint.of(scores(), 100);
    assertEquals(SCIKIT_LEARN.length, points.size());
    for (int i = 0; i < SCIKIT_LEARN.length; i++) {
      double[] expected = SCIKIT_LEARN[i];
      ThresholdPoint point = points.get(i);
      assertEquals(expected[0], point.threshold());
      assertEquals(
          List.of(
              List.of((int) expected[1], (int) expected[2]),
              List.of((int) expected[3], (int) expected[4])),
          point.confusionMatrix());
      assertEquals(expected[5], point.values().get("mcc"), CLOSE);
      assertEquals(expected[4] / 5, point.values().get("sensitivity"), CLOSE);
      assertEquals(expected[1] / 5, point.values().get("specificity"), CLOSE);
    }
    assertEquals(4 / 6.0, points.get(4).values().get("ppv"), CLOSE);
    assertEquals(3 / 4.0, points.get(4).values().get("npv"), CLOSE);
    assertTrue(Double.isNaN(points.get(0).values().get("ppv")), "nothing is called positive");
  }

  @Test
  void aPointIsWhatDecidingAtItsThresholdComesTo() {
    for (ThresholdPoint point : ThresholdPoint.of(scores(), 100)) {
      Decisions decisions = new Decisions(scores(), point.threshold());
      assertEquals(decisions.confusionMatrix(), point.confusionMatrix());
      assertEquals(decisions.values(), point.values());
    }
  }

  @Test
  void ofManyPointsSomeAreShownAndTheFirstAndTheLast() {
    List<Double> thresholds =
        ThresholdPoint.of(scores(), 3).stream().map(ThresholdPoint::threshold).toList();
    assertEquals(List.of(Double.POSITIVE_INFINITY, 0.4, 0.05), thresholds);
  }

  @Test
  void scoresOfMoreClassesAreRefused() {
    PredictedImage image =
        new PredictedImage("a", "", List.of(0), List.of(0), List.of(0.5, 0.25, 0.25));
    String message =
        assertThrows(IllegalArgumentException.class, () -> BinaryScores.of(List.of(image)))
            .getMessage();
    assertEquals("a: found 3 probabilities, allowed: of two classes", message);
  }

  /** Numbers of scikit-learn's {@code log_loss}. */
  @Test
  void theLossOfAnImageIsThatOfScikitLearn() {
    assertEquals(
        0.6931471805599453, Predictions.loss(Task.MULTI_CLASS, image(List.of(2), 0.2, 0.3, 0.5)));
    assertEquals(
        1.6094379124341003, Predictions.loss(Task.BINARY, image(List.of(1), 0.8, 0.2)), CLOSE);
    assertEquals(
        0.414931599615397,
        Predictions.loss(Task.MULTI_LABEL, image(List.of(0, 2), 0.9, 0.2, 0.4)),
        CLOSE);
  }

  private static BinaryScores scores() {
    return BinaryScores.of(
        IntStream.range(0, LABELS.length)
            .mapToObj(i -> image(List.of(LABELS[i]), 1 - PROBABILITIES[i], PROBABILITIES[i]))
            .toList());
  }

  private static PredictedImage image(List<Integer> classes, Double... probabilities) {
    return new PredictedImage("a", "", classes, classes, List.of(probabilities));
  }
}
