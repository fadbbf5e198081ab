package org.medtransformers.service.liveness;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Not alive once a thread hangs that is to beat: nobody but another process takes its place. */
@Liveness
@Singleton
final class ThreadLiveness implements HealthCheck {
  private final Heartbeats hearts;

  ThreadLiveness(Heartbeats hearts) {
    this.hearts = hearts;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("threads").up();
    hearts
        .stopped()
        .forEach(
            (name, silence) ->
                response.down().withData(name, "silent for %d s".formatted(silence.toSeconds())));
    return response.build();
  }
}
