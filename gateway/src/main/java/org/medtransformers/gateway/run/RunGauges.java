package org.medtransformers.gateway.run;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.service.database.Database;

/** {@code medtrans_runs{state}}: how many runs are where. */
@Singleton
final class RunGauges {
  private final Database database;
  private final Map<RunState, AtomicLong> counts = new EnumMap<>(RunState.class);

  RunGauges(Database database, MeterRegistry metrics) {
    this.database = database;
    for (RunState state : RunState.values()) {
      AtomicLong count = new AtomicLong();
      counts.put(state, count);
      Gauge.builder("medtrans.runs", count, AtomicLong::get)
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(metrics);
    }
  }

  @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void count() {
    Map<RunState, Long> now = new EnumMap<>(RunState.class);
    database.query(
        "SELECT state, count(*) FROM run GROUP BY state",
        row -> now.put(RunState.valueOf(row.getString(1)), row.getLong(2)));
    counts.forEach((state, count) -> count.set(now.getOrDefault(state, 0L)));
  }
}
