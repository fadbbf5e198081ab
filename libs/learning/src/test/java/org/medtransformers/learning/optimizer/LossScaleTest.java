package org.medtransformers.learning.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.medtransformers.learning.Golden;

class LossScaleTest {
  @Test
  void movesAsPyTorchsGradScaler() {
    LossScale scale = LossScale.initial();
    for (JsonNode run : Golden.pyTorch("loss_scale.json")) {
      for (int i = 0; i < run.get("times").asInt(); i++) {
        scale = scale.next(run.get("finite").asBoolean());
      }
      assertEquals(run.get("scale").asDouble(), scale.scale());
      assertEquals(run.get("good").asInt(), scale.goodUpdates());
    }
  }

  @Test
  void givesUpWhenNoScaleIsSmallEnough() {
    LossScale scale = LossScale.initial();
    for (int i = 0; i < 29; i++) {
      assertTrue(scale.mayOverflow());
      scale = scale.next(false);
    }
    assertTrue(scale.mayOverflow());
    assertFalse(scale.next(false).mayOverflow());
  }

  @Test
  void withoutScalingNothingMoves() {
    assertEquals(LossScale.OFF, LossScale.OFF.next(false).next(true));
    assertFalse(LossScale.OFF.mayOverflow());
  }
}
