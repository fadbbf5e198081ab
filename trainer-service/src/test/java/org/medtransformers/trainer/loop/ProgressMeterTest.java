package org.medtransformers.trainer.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
  private long now;
  private final ProgressMeter meter = new ProgressMeter(() -> now);

  @Test
  void averagesOverTheWindow() {
    meter.step(1, 16, Duration.ofMillis(100), Duration.ofMillis(500));
    meter.step(2, 16, Duration.ofMillis(100), Duration.ofMillis(300));
    ProgressMeter.Reading reading = meter.read();
    assertEquals(1.5, reading.loss());
    assertEquals(40, reading.imagesPerSecond(), 1e-9);
    assertEquals(0.4, reading.secondsPerIteration(), 1e-12);
    assertEquals(0.25, reading.dataWaitShare(), 1e-12);
  }

  @Test
  void readingKeepsTheWindowOpenAndClosingEndsIt() {
    meter.step(1, 16, Duration.ZERO, Duration.ofSeconds(1));
    meter.read();
    meter.step(2, 16, Duration.ZERO, Duration.ofSeconds(1));
    assertEquals(1.5, meter.close().loss());
    meter.step(5, 16, Duration.ZERO, Duration.ofSeconds(1));
    assertEquals(5, meter.close().loss());
  }

  @Test
  void theTimePerIterationIsSmoothed() {
    meter.step(1, 16, Duration.ZERO, Duration.ofSeconds(1));
    meter.close();
    meter.step(1, 16, Duration.ZERO, Duration.ofSeconds(2));
    assertEquals(1.3, meter.close().secondsPerIteration(), 1e-12);
  }

  @Test
  void readingRestartsTheWaitForTheNext() {
    now = Duration.ofSeconds(3).toNanos();
    assertEquals(Duration.ofSeconds(3), meter.sinceReading());
    meter.step(1, 16, Duration.ZERO, Duration.ofSeconds(1));
    meter.read();
    assertEquals(Duration.ZERO, meter.sinceReading());
  }
}
