package org.medtransformers.learning.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.cost.Pace;

class PaceMeterTest {
  private static Pace pace(int... seconds) {
    PaceMeter meter = new PaceMeter();
    for (int taken : seconds) {
      meter.add(10, Duration.ofSeconds(1), Duration.ofSeconds(taken));
    }
    assertEquals(seconds.length, meter.batches());
    return meter.pace();
  }

  @Test
  void upToThreeBatchesWarmUpWhereThereAreMore() {
    assertEquals(Pace.NONE, pace());
    assertEquals(new Pace(10, 1, 100, 1), pace(100));
    assertEquals(new Pace(10, 1, 90, 1), pace(100, 90));
    assertEquals(new Pace(10, 1, 80, 1), pace(100, 90, 80));
    assertEquals(new Pace(10, 1, 3, 1), pace(100, 90, 80, 3));
    assertEquals(new Pace(30, 3, 12, 3), pace(100, 90, 80, 3, 4, 5));
  }

  @Test
  void theNetworkIsNotSlowerBecauseDataAreLate() {
    Pace pace = pace(0, 0, 0, 5, 5);
    assertEquals(20 / 8.0, pace.imagesPerSecond());
    assertEquals(0.2, pace.dataWaitShare());
    assertTrue(Double.isNaN(Pace.NONE.imagesPerSecond()));
  }
}
