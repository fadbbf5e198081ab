package org.medtransformers.service.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.metric.Kind;
import org.medtransformers.contracts.metric.Metric;

/** Makes the meters of the {@link Metric}s; nobody else talks to the registry. */
@Singleton
public final class Meters {
  private static final double[] BUCKET_SECONDS = {
    0.005, 0.02, 0.1, 0.5, 2, 10, 60, 300, 900, 3600, 14_400, 43_200, 86_400, 259_200
  };

  private final MeterRegistry registry;

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** The counter with these values of the metric's labels, in their order; 0 from now on. */
  public Counter counter(Metric metric, String... values) {
    require(metric, Kind.COUNTER);
    Counter.Builder builder =
        Counter.builder(metric.meter()).description(metric.help()).tags(tags(metric, values));
    return (metric.unit().isEmpty() ? builder : builder.baseUnit(metric.unit())).register(registry);
  }

  /** Likewise one that somebody else counts. */
  public void counted(Metric metric, AtomicLong count, String... values) {
    require(metric, Kind.COUNTER);
    FunctionCounter.Builder<AtomicLong> builder =
        FunctionCounter.builder(metric.meter(), count, AtomicLong::get)
            .description(metric.help())
            .tags(tags(metric, values));
    (metric.unit().isEmpty() ? builder : builder.baseUnit(metric.unit())).register(registry);
  }

  /** Likewise what times something. */
  public Timer timer(Metric metric, String... values) {
    Timer.Builder builder =
        Timer.builder(metric.meter()).description(metric.help()).tags(tags(metric, values));
    if (metric.kind() == Kind.HISTOGRAM) {
      builder.serviceLevelObjectives(buckets());
    } else {
      require(metric, Kind.SUMMARY);
    }
    return builder.register(registry);
  }

  /** Likewise a number that is asked for at each scrape; NaN where there is none. */
  public Gauge gauge(Metric metric, DoubleSupplier value, String... values) {
    require(metric, Kind.GAUGE);
    Gauge.Builder<?> builder =
        Gauge.builder(metric.meter(), value::getAsDouble)
            .description(metric.help())
            .tags(tags(metric, values));
    return (metric.unit().isEmpty() ? builder : builder.baseUnit(metric.unit())).register(registry);
  }

  /** A gauge whose series come and go. */
  public Rows rows(Metric metric) {
    require(metric, Kind.GAUGE);
    return new Rows(registry, metric);
  }

  /** No series is left of {@code gauge}. */
  public void remove(Gauge gauge) {
    registry.remove(gauge);
  }

  static Tags tags(Metric metric, String... values) {
    List<String> labels = metric.labels();
    if (labels.size() != values.length) {
      throw new IllegalArgumentException("%s has the labels %s".formatted(metric, labels));
    }
    return Tags.of(
        IntStream.range(0, values.length)
            .boxed()
            .flatMap(i -> Stream.of(labels.get(i), values[i]))
            .toArray(String[]::new));
  }

  private static Duration[] buckets() {
    return IntStream.range(0, BUCKET_SECONDS.length)
        .mapToObj(i -> Duration.ofMillis((long) (BUCKET_SECONDS[i] * 1e3)))
        .toArray(Duration[]::new);
  }

  private static void require(Metric metric, Kind kind) {
    if (metric.kind() != kind) {
      throw new IllegalArgumentException("%s is a %s".formatted(metric, metric.kind()));
    }
  }
}
