package org.medtransformers.eval.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.plots.attention.HeatMap;

class AttentionTest {
  /** Two heads, four patches; the class token's attention to itself is left out. */
  @Test
  void headsCountAlikeAndPatchesLieRowByRow() {
    float[] attention = {0.5f, 0.1f, 0.1f, 0.1f, 0.2f, 0.1f, 0.1f, 0.3f, 0.1f, 0.4f};
    HeatMap map = Attention.meanOverHeads(Tensor.ofFloats(attention, 1, 2, 5));
    // Means 0.1, 0.2, 0.1, 0.3: from 0 to 1 they are 0, 0.5, 0, 1.
    double[] expected = {0, 0.5, 0, 1};
    for (int patch = 0; patch < 4; patch++) {
      assertEquals(expected[patch], map.at(patch / 2, patch % 2, 2, 2), 1e-6);
    }
  }
}
