package org.medtransformers.service.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Meters of the job table, all tagged with the kind. */
final class JobMetrics {
  private static final String KIND = "kind";

  private final MeterRegistry registry;
  private final Map<String, AtomicLong> waiting = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> running = new ConcurrentHashMap<>();

  JobMetrics(MeterRegistry registry, List<String> kinds) {
    this.registry = registry;
    for (String kind : kinds) {
      waiting.put(kind, gauge("medtrans.jobs.waiting", kind));
      running.put(kind, gauge("medtrans.jobs.running", kind));
    }
  }

  void waiting(String kind, long jobs) {
    waiting.get(kind).set(jobs);
  }

  void running(String kind, long jobs) {
    running.get(kind).set(jobs);
  }

  void renewed(String kind) {
    registry.counter("medtrans.jobs.lease.renewals", KIND, kind).increment();
  }

  void leaseLost(String kind) {
    registry.counter("medtrans.jobs.lease.losses", KIND, kind).increment();
  }

  void failed(String kind) {
    count(kind, "failed");
  }

  void ended(String kind, Outcome outcome) {
    count(kind, outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
  }

  private void count(String kind, String outcome) {
    registry.counter("medtrans.jobs.attempts", KIND, kind, "outcome", outcome).increment();
  }

  private AtomicLong gauge(String name, String kind) {
    return registry.gauge(name, List.of(Tag.of(KIND, kind)), new AtomicLong());
  }
}
