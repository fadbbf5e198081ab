package org.medtransformers.service.database;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while the database refuses. Alive all the same: another process would fare no better.
 */
@Readiness
@Singleton
final class DatabaseReadiness implements HealthCheck {
  private final DatabaseWatch watch;

  DatabaseReadiness(DatabaseWatch watch) {
    this.watch = watch;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("database takes writes").status(!watch.refuses()).build();
  }
}
