package org.medtransformers.eval.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.statistics.PredictedImage;

class ExemplarsTest {
  /** Class 0: right, right, right, wrong; class 1: wrong; class 2: right, right. */
  private static final List<PredictedImage> IMAGES =
      List.of(
          image(0, 0),
          image(0, 0),
          image(1, 2),
          image(0, 0),
          image(2, 2),
          image(0, 1),
          image(2, 2));

  @Test
  void classesTakeTurnsAndInAClassRightAndWrongPredictionsDo() {
    assertEquals(List.of(0, 2, 4), Exemplars.of(IMAGES, 3));
    assertEquals(List.of(0, 2, 4, 5), Exemplars.of(IMAGES, 4), "the wrong one of class 0");
    assertEquals(List.of(0, 2, 4, 5, 6), Exemplars.of(IMAGES, 5));
    assertEquals(List.of(0, 1, 2, 4, 5, 6), Exemplars.of(IMAGES, 6));
  }

  @Test
  void thereAreNoMoreThanImages() {
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), Exemplars.of(IMAGES, 50));
    assertEquals(List.of(), Exemplars.of(List.of(), 5));
  }

  @Test
  void anImageWithoutAClassIsOneOfItsOwnKind() {
    PredictedImage none = new PredictedImage("a", "", List.of(), List.of(1), List.of(0.1, 0.9));
    assertEquals(List.of(0, 1), Exemplars.of(List.of(image(0, 0), none), 2));
  }

  private static PredictedImage image(int label, int prediction) {
    return new PredictedImage("i", "", List.of(label), List.of(prediction), List.of(0.2, 0.3, 0.5));
  }
}
