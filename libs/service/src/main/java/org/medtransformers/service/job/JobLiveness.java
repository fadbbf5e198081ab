package org.medtransformers.service.job;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Not alive once a library could not be linked, which trying again in this process cannot mend. */
@Liveness
@Singleton
final class JobLiveness implements HealthCheck {
  private final JobReadiness readiness;

  JobLiveness(@Readiness JobReadiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("jobs").status(!readiness.needsRestart()).build();
  }
}
