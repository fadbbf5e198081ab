package org.medtransformers.gateway.history;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.service.metric.Meters;

/** Times and failures of runs. */
@Startup // its counters are there, at 0, before they count
@Singleton
final class RunMeters {
  private final Meters meters;

  RunMeters(Meters meters) {
    this.meters = meters;
    // What appears with the first that it counts would hide that one: rates begin at 0.
    Stream.of(ErrorCode.values()).forEach(code -> meters.counter(Metric.RUN_FAILURES, code.name()));
    for (RunState state : RunState.values()) {
      meters.timer(state.terminal() ? Metric.RUN_TIME : Metric.RUN_STATE_TIME, name(state));
    }
    meters.timer(Metric.RUN_WAIT);
  }

  /** A run has left {@code state}, in which it was for {@code stayed}, for the one it has now. */
  void left(RunState state, Duration stayed, RunEntity run, Instant now) {
    if (!state.terminal()) {
      meters.timer(Metric.RUN_STATE_TIME, name(state)).record(stayed);
    }
    if (run.state.terminal()) {
      Duration all = Duration.between(run.createdAt, now);
      meters.timer(Metric.RUN_TIME, name(run.state)).record(all);
    }
    if (run.state == RunState.FAILED) {
      meters.counter(Metric.RUN_FAILURES, run.error.code().name()).increment();
    }
  }

  /** A trainer has begun with a run that had waited for one for {@code waited}. */
  void begun(Duration waited) {
    meters.timer(Metric.RUN_WAIT).record(waited);
  }

  private static String name(RunState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
