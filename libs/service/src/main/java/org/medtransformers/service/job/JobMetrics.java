package org.medtransformers.service.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.service.metric.Meters;

/** Meters of the job table, all tagged with the kind. */
final class JobMetrics {
  private static final JobStore.Load NONE = new JobStore.Load(0, 0, 0);
  private static final String FAILED = "failed";
  private static final List<String> OUTCOMES = List.of("done", FAILED, "cancelled", "released");

  /** What is measured of one kind of jobs. */
  private record OfKind(
      AtomicReference<JobStore.Load> load,
      AtomicLong parked,
      AtomicInteger held,
      Counter renewals,
      Counter losses,
      Timer time) {}

  private final Meters meters;
  private final Map<String, OfKind> kinds;

  JobMetrics(Meters meters, List<String> kinds) {
    this.meters = meters;
    this.kinds = kinds.stream().collect(Collectors.toMap(Function.identity(), this::ofKind));
  }

  private OfKind ofKind(String kind) {
    AtomicReference<JobStore.Load> load = new AtomicReference<>(NONE);
    AtomicInteger held = new AtomicInteger();
    AtomicLong parked = new AtomicLong();
    meters.gauge(Metric.JOBS_WITHOUT_ROOM, parked::get, kind);
    meters.gauge(Metric.JOBS_WAITING, () -> load.get().waiting(), kind);
    meters.gauge(Metric.JOBS_RUNNING, () -> load.get().running(), kind);
    meters.gauge(Metric.JOBS_OLDEST_WAITING, () -> load.get().oldestWaitingSeconds(), kind);
    meters.gauge(Metric.JOBS_HELD, held::get, kind);
    // A counter that appears with what it counts first would hide that: rates begin at 0.
    OUTCOMES.forEach(outcome -> meters.counter(Metric.JOB_ATTEMPTS, kind, outcome));
    Stream.of(ErrorCode.values())
        .forEach(code -> meters.counter(Metric.JOB_FAILURES, kind, code.name()));
    return new OfKind(
        load,
        parked,
        held,
        meters.counter(Metric.JOB_LEASE_RENEWALS, kind),
        meters.counter(Metric.JOB_LEASE_LOSSES, kind),
        meters.timer(Metric.JOB_TIME, kind));
  }

  void load(String kind, JobStore.Load now, long parked) {
    kinds.get(kind).load().set(now);
    kinds.get(kind).parked().set(parked);
  }

  /** Runs {@code attempt} as one that is at work. */
  void attempt(String kind, Runnable attempt) {
    OfKind measured = kinds.get(kind);
    measured.held().incrementAndGet();
    try {
      measured.time().record(attempt);
    } finally {
      measured.held().decrementAndGet();
    }
  }

  void renewed(String kind) {
    kinds.get(kind).renewals().increment();
  }

  void leaseLost(String kind) {
    kinds.get(kind).losses().increment();
  }

  void failed(String kind, ErrorCode code) {
    count(kind, FAILED);
    meters.counter(Metric.JOB_FAILURES, kind, code.name()).increment();
  }

  void ended(String kind, Outcome outcome) {
    count(kind, outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
  }

  private void count(String kind, String outcome) {
    meters.counter(Metric.JOB_ATTEMPTS, kind, outcome).increment();
  }
}
