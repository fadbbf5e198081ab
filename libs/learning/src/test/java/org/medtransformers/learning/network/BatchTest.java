package org.medtransformers.learning.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;

class BatchTest {
  private static final Tensor IMAGES = Tensor.ofFloats(new float[2 * 3 * 4], 2, 3, 2, 2);

  @Test
  void wholeNumbersAreClasses() {
    Batch batch = new Batch(IMAGES, Tensor.ofLongs(new long[] {4, 0}, 2));
    assertEquals(2, batch.size());
    assertEquals(Task.MULTI_CLASS, batch.task());
    assertArrayEquals(new int[] {4, 0}, batch.classes());
  }

  @ParameterizedTest
  @ValueSource(longs = {5, -1, 1L << 32, Long.MAX_VALUE})
  void aLabelOutsideTheClassesIsRefused(long label) {
    Batch batch = new Batch(IMAGES, Tensor.ofLongs(new long[] {0, label}, 2));
    assertEquals(ErrorCode.LABEL_OUT_OF_RANGE, refusal(batch, 5));
  }

  @ParameterizedTest
  @ValueSource(floats = {2, -1, 0.5f, Float.NaN, Float.POSITIVE_INFINITY})
  void aBinaryLabelOtherThanZeroAndOneIsRefused(float label) {
    Batch batch = new Batch(IMAGES, Tensor.ofFloats(new float[] {1, label}, 2, 1));
    assertEquals(ErrorCode.LABEL_OUT_OF_RANGE, refusal(batch, 1));
  }

  @Test
  void severalFindingsPerImageAreALabelForEachOutput() {
    Batch batch = new Batch(IMAGES, Tensor.ofFloats(new float[] {1, 0, 1, 0, 0, 1}, 2, 3));
    assertEquals(Task.MULTI_LABEL, batch.task());
    assertArrayEquals(new int[] {1, 0, 1, 0, 0, 1}, batch.classes());
    batch.requireLabelsFor(3);
    assertEquals(ErrorCode.INVALID_REQUEST, refusal(batch, 2));
    Batch wrong = new Batch(IMAGES, Tensor.ofFloats(new float[] {1, 0, 2, 0, 0, 1}, 2, 3));
    assertEquals(ErrorCode.LABEL_OUT_OF_RANGE, refusal(wrong, 3));
  }

  @Test
  void labelsOfAnotherTaskAreRefused() {
    Batch batch = new Batch(IMAGES, Tensor.ofLongs(new long[] {0, 1}, 2));
    assertEquals(ErrorCode.INVALID_REQUEST, refusal(batch, 1));
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    Tensor labels = Tensor.ofLongs(new long[] {0, 1, 2}, 3);
    assertThrows(MedtransException.class, () -> new Batch(IMAGES, labels));
    Tensor flat = Tensor.ofFloats(new float[6], 2, 3);
    assertThrows(MedtransException.class, () -> new Batch(flat, Tensor.ofLongs(new long[2], 2)));
  }

  private static ErrorCode refusal(Batch batch, int outputs) {
    return assertThrows(MedtransException.class, () -> batch.requireLabelsFor(outputs)).code();
  }

  @Test
  void rowsWithALabelAreThoseThatSayOne() {
    Tensor images = Tensor.ofFloats(new float[] {0, 1, 2, 3}, 4, 1, 1, 1);
    Batch classes = new Batch(images, Tensor.ofLongs(new long[] {-1, 2, 0, -1}, 4));
    assertArrayEquals(new int[] {1, 2}, classes.labelledRows());
    Batch rows = classes.rows(classes.labelledRows());
    assertArrayEquals(new float[] {1, 2}, rows.images().floats());
    assertArrayEquals(new int[] {2, 0}, rows.classes());
    Batch binary = new Batch(images, Tensor.ofFloats(new float[] {1, -1, -1, 0}, 4, 1));
    assertArrayEquals(new int[] {0, 3}, binary.labelledRows());
    Batch findings = new Batch(images, Tensor.ofFloats(new float[8], 4, 2));
    assertArrayEquals(new int[] {0, 1, 2, 3}, findings.labelledRows());
  }
}
