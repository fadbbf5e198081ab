package org.medtransformers.service.metric;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.metric.Metric;

/** A gauge with one series for each row of a table, and none for rows that are gone. */
public final class Rows {
  private final Metric metric;
  private final MultiGauge gauge;

  Rows(MeterRegistry registry, Metric metric) {
    this.metric = metric;
    MultiGauge.Builder builder = MultiGauge.builder(metric.meter()).description(metric.help());
    this.gauge =
        (metric.unit().isEmpty() ? builder : builder.baseUnit(metric.unit())).register(registry);
  }

  /** Now there are these: values by those of the metric's labels, in their order. */
  public void set(Map<List<String>, ? extends Number> table) {
    gauge.register(
        table.entrySet().stream()
            .map(
                row ->
                    MultiGauge.Row.of(
                        Meters.tags(metric, row.getKey().toArray(String[]::new)), row.getValue()))
            .toList(),
        true);
  }
}
