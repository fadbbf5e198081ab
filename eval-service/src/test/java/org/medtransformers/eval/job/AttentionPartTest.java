package org.medtransformers.eval.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.plots.attention.HeatMap;

class AttentionPartTest {
  @Test
  void anIdBecomesTheNameOfAFileInThisFolder() {
    assertEquals("0a4e1a29ffff.png", AttentionPart.fileName("0a4e1a29ffff", 3));
    assertEquals("_______etc_passwd.3.png", AttentionPart.fileName("../../.etc/passwd", 3));
    assertNotEquals(AttentionPart.fileName("a/b", 1), AttentionPart.fileName("a_b", 2));
    assertNotEquals(AttentionPart.fileName("a/b", 1), AttentionPart.fileName("a.b", 2));
    assertTrue(AttentionPart.fileName("x".repeat(5000), 1).length() < 200);
  }

  /** Two heads, four patches; the class token's attention to itself is left out. */
  @Test
  void headsCountAlikeAndPatchesLieRowByRow() {
    float[] attention = {0.5f, 0.1f, 0.1f, 0.1f, 0.2f, 0.1f, 0.1f, 0.3f, 0.1f, 0.4f};
    HeatMap map = AttentionPart.meanOverHeads(Tensor.ofFloats(attention, 1, 2, 5));
    // Means 0.1, 0.2, 0.1, 0.3: from 0 to 1 they are 0, 0.5, 0, 1.
    double[] expected = {0, 0.5, 0, 1};
    for (int patch = 0; patch < 4; patch++) {
      assertEquals(expected[patch], map.at(patch / 2, patch % 2, 2, 2), 1e-6);
    }
  }
}
