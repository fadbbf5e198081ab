package org.medtransformers.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.MedtransException;

class FillTest {
  /** The worked examples that come with the rule. */
  @Test
  void numbersFollowTheWorkedExamples() {
    assertArrayEquals(
        new float[] {(float) -0.00792843103, (float) -0.20770818},
        Fill.floats("fc.weight", 2, 1, 0));
    assertEquals((float) -0.0774636865, Fill.floats("backbone.pos_embed", 12346, 1, 0)[12345]);
    assertEquals((float) 1.08448648, Fill.floats("backbone.bn1.weight", 8, 0.5, 1)[7]);
    assertEquals((float) -0.790198088, Fill.floats("input.resnet18_64", 24576, 4, 0)[24575]);
    assertEquals((float) 0.186686754, Fill.floats("name.with.dots.and-ünicode", 4, 2, 0)[3]);
    assertEquals((float) -0.0256729573, Fill.floats("fc.weight", 3000001, 0.25, 0)[3000000]);
  }

  @Test
  void aForgedShapeIsRefused() {
    List<Long> overflowing = List.of(1L << 32, 1L << 32);
    assertThrows(MedtransException.class, () -> Fill.tensor("x", overflowing, 1, 0));
    assertThrows(MedtransException.class, () -> Fill.shape(Json.parse("[3, -1]"), "shape"));
    assertThrows(MedtransException.class, () -> Fill.shape(Json.parse("[1.5]"), "shape"));
    assertThrows(MedtransException.class, () -> Fill.shape(Json.parse("7"), "shape"));
  }
}
