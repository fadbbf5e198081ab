package org.medtransformers.contracts.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PixelViewsTest {
  private static final Tensor BYTES =
      Tensor.ofBytes(new byte[] {0, 1, (byte) 255, 2, 3, 0, 7, 8}, 2, 2, 1, 2);

  /** Channel 0 counts up, channel 1 down. */
  private static Tensor values(int levels) {
    float[] values = new float[2 * levels];
    for (int i = 0; i < levels; i++) {
      values[i] = i;
      values[levels + i] = -i;
    }
    return Tensor.ofFloats(values, 2, levels);
  }

  @Test
  void eachByteStandsForTheValueOfItsChannel() {
    Safetensors batch = new Safetensors(Map.of("view.1", BYTES, "values.1", values(256)));
    Tensor view = PixelViews.floats(batch, 1);
    assertEquals(List.of(2L, 2L, 1L, 2L), view.shape());
    assertArrayEquals(new float[] {0, 1, -255, -2, 3, 0, -7, -8}, view.floats());
  }

  @Test
  void floatsStayAsTheyAre() {
    Tensor floats = Tensor.ofFloats(new float[4], 1, 1, 2, 2);
    assertSame(floats, PixelViews.floats(new Safetensors(Map.of("view.0", floats)), 0));
  }

  @Test
  void bytesWithoutAFittingTableAreRefused() {
    Safetensors without = new Safetensors(Map.of("view.0", BYTES));
    assertThrows(MalformedSafetensorsException.class, () -> PixelViews.floats(without, 0));
    Safetensors small = new Safetensors(Map.of("view.0", BYTES, "values.0", values(255)));
    assertThrows(MalformedSafetensorsException.class, () -> PixelViews.floats(small, 0));
  }
}
