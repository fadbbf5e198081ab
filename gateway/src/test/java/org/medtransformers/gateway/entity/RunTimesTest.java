package org.medtransformers.gateway.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunTimesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Instant after(int seconds) {
    return START.plusSeconds(seconds);
  }

  @Test
  void aStateLastsUntilItIsLeft() {
    RunTimes times = new RunTimes();
    assertEquals(Duration.ZERO, times.leave(START));
    assertEquals(Duration.ofSeconds(40), times.leave(after(40)));
    assertEquals(Duration.ofSeconds(2), times.leave(after(42)));
  }

  /** The first attempt is last heard of after 30 s, the second begins after 100 s. */
  @Test
  void theDeviceIsHeldWhileATrainerIsHeardOf() {
    RunTimes times = new RunTimes();
    times.leave(START);
    times.heard(START);
    times.train("cuda:0", after(10));
    times.heard(after(30));
    times.train("cuda:1", after(100));
    times.heard(after(150));
    times.leave(after(160));
    assertEquals(20 + 60, times.trainedBefore, 1e-9);
    assertNull(times.trainedSince);
    assertEquals("gpu", times.device);
  }
}
