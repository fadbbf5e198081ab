package org.medtransformers.service.job;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while there is a kind of jobs that this process should do and cannot, or not yet. */
@Readiness
@Singleton
final class JobReadiness implements HealthCheck {
  /** Why a kind is not done; empty while nothing is known against it. */
  private final Map<String, Optional<Throwable>> reasons = new ConcurrentHashMap<>();

  void starting(String kind) {
    reasons.put(kind, Optional.empty());
  }

  void ready(String kind) {
    reasons.remove(kind);
  }

  void notReady(String kind, Throwable reason) {
    reasons.put(kind, Optional.of(reason));
  }

  /** Whether there is what only another process can do: the JVM loads no class a second time. */
  boolean needsRestart() {
    return reasons.values().stream()
        .flatMap(Optional::stream)
        .flatMap(reason -> Stream.iterate(reason, Objects::nonNull, Throwable::getCause))
        .anyMatch(LinkageError.class::isInstance);
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("jobs");
    Map<String, Optional<Throwable>> now = Map.copyOf(reasons);
    now.forEach(
        (kind, reason) ->
            response.withData(kind, reason.map(Throwable::toString).orElse("starting")));
    return response.status(now.isEmpty()).build();
  }
}
