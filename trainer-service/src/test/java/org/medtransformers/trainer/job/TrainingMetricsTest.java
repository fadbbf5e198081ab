package org.medtransformers.trainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.Collapse;
import org.medtransformers.service.metric.Meters;

class TrainingMetricsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final TrainingMetrics metrics =
      new TrainingMetrics(new Meters(registry), Clock.fixed(NOW, ZoneOffset.UTC));

  private static TrainingEvent.Progress progress(double loss, Collapse collapse) {
    return new TrainingEvent.Progress("r", 1, 0.5, 3, 6, loss, 1e-3, 2, 100, 9, 0.1, collapse);
  }

  private double value(String name) {
    return registry.get(name).tag("run", "r").tag("experiment", "demo").gauge().value();
  }

  @BeforeEach
  void begin() {
    metrics.begin(new TrainingEvent.Requested("r", 1, null, null, null, null, "demo", null));
  }

  @Test
  void seriesAreLabelledByRunAndExperimentAndFollowTheTraining() {
    metrics.progress(progress(0.7, null));
    metrics.progress(progress(0.6, null));
    assertEquals(0.6, value("medtrans.training.loss"));
    assertEquals(2, value("medtrans.training.gradient.norm"));
    assertEquals(1_700_000_000, value("medtrans.training.heartbeat.timestamp"));
    assertNull(registry.find("medtrans.training.embedding.std").gauge());
  }

  @Test
  void whatTellsOfACollapseIsThereWithoutLabelsOnly() {
    metrics.progress(progress(0.7, new Collapse(4.1, 0.01, true)));
    assertEquals(4.1, value("medtrans.training.teacher.entropy"));
    assertEquals(0.01, value("medtrans.training.embedding.std"));
    assertEquals(1, value("medtrans.training.collapsed"));
  }

  @Test
  void noSeriesStaysWhenTheTrainingHasEnded() {
    metrics.progress(progress(0.7, new Collapse(4.1, 0.01, true)));
    metrics.downloaded(5);
    metrics.clear();
    assertEquals(
        0, registry.getMeters().stream().filter(m -> m.getId().getTag("run") != null).count());
  }
}
