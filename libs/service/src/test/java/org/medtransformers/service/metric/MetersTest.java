package org.medtransformers.service.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.metric.Metric;

class MetersTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry);

  @Test
  void aMeterHasTheNameHelpUnitAndLabelsOfItsMetric() {
    meters.gauge(Metric.JOBS_OLDEST_WAITING, () -> 7, "train");
    var gauge = registry.get("medtrans.jobs.oldest.waiting").tag("kind", "train").gauge();
    assertEquals(7, gauge.value());
    assertEquals("seconds", gauge.getId().getBaseUnit());
    assertEquals(Metric.JOBS_OLDEST_WAITING.help(), gauge.getId().getDescription());
  }

  @Test
  void rowsThatAreGoneHaveNoSeries() {
    Rows rows = meters.rows(Metric.RUNS);
    rows.set(Map.of(List.of("queued"), 2, List.of("training"), 1));
    rows.set(Map.of(List.of("queued"), 3));
    assertEquals(3, registry.get("medtrans.runs").tag("state", "queued").gauge().value());
    assertNull(registry.find("medtrans.runs").tag("state", "training").gauge());
  }

  @Test
  void anotherKindOrNumberOfLabelsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> meters.counter(Metric.OUTBOX_DEPTH));
    assertThrows(IllegalArgumentException.class, () -> meters.timer(Metric.DEAD_LETTERS));
    assertThrows(IllegalArgumentException.class, () -> meters.counter(Metric.JOB_ATTEMPTS, "x"));
  }
}
