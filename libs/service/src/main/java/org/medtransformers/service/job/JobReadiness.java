package org.medtransformers.service.job;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while there is a kind of jobs that this process should do and cannot. */
@Readiness
@Singleton
final class JobReadiness implements HealthCheck {
  private final Map<String, String> reasons = new ConcurrentHashMap<>();

  void ready(String kind) {
    reasons.remove(kind);
  }

  void notReady(String kind, Throwable reason) {
    reasons.put(kind, reason.toString());
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("jobs");
    Map<String, String> now = Map.copyOf(reasons);
    now.forEach(response::withData);
    return response.status(now.isEmpty()).build();
  }
}
