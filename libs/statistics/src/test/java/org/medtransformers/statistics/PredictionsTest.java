package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.Task;

class PredictionsTest {
  private static final float THREE = (float) Math.log(3);

  @Test
  void probabilitiesAreTheSoftmaxOfTheLogits() {
    Predictions predictions = new Predictions(Task.MULTI_CLASS, 3);
    float[] logits = {0, (float) Math.log(2), (float) Math.log(5), 1000, 0, 0};
    predictions.add(logits, new int[] {2, 1});
    assertImage(predictions, 0, List.of(2), List.of(2), 0.125, 0.25, 0.625);
    assertImage(predictions, 1, List.of(1), List.of(0), 1, 0, 0);
  }

  @Test
  void oneLogitIsTheLogOddsOfThePositiveClass() {
    Predictions predictions = new Predictions(Task.BINARY, 1);
    predictions.add(new float[] {THREE, -THREE}, new int[] {1, 1});
    assertImage(predictions, 0, List.of(1), List.of(1), 0.25, 0.75);
    assertImage(predictions, 1, List.of(1), List.of(0), 0.75, 0.25);
  }

  @Test
  void severalFindingsHaveAProbabilityEach() {
    Predictions predictions = new Predictions(Task.MULTI_LABEL, 3);
    float[] logits = {THREE, -THREE, THREE, -THREE, -THREE, 0};
    predictions.add(logits, new int[] {0, 1, 1, 0, 0, 0});
    assertImage(predictions, 0, List.of(1, 2), List.of(0, 2), 0.75, 0.25, 0.75);
    assertImage(predictions, 1, List.of(), List.of(), 0.25, 0.25, 0.5);
  }

  @Test
  void someOfTheImagesHaveTheirOwnMetrics() {
    Predictions predictions = new Predictions(Task.BINARY, 1);
    predictions.add(new float[] {THREE, -THREE, THREE}, new int[] {1, 1, 1});
    assertEquals(1, predictions.of(List.of(0, 2)).metrics().accuracy());
    assertEquals(-Math.log(0.25), predictions.of(List.of(1)).metrics().loss(), 1e-7);
  }

  private static void assertImage(
      Predictions predictions,
      int i,
      List<Integer> classes,
      List<Integer> prediction,
      double... probabilities) {
    PredictedImage image = predictions.image(i, "id", "group");
    assertEquals("id group", image.image() + " " + image.group());
    assertEquals(classes, image.classes());
    assertEquals(prediction, image.prediction());
    assertEquals(probabilities.length, image.probabilities().size());
    for (int c = 0; c < probabilities.length; c++) {
      assertEquals(probabilities[c], image.probabilities().get(c), 1e-7);
    }
  }
}
