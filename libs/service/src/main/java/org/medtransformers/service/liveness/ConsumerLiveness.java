package org.medtransformers.service.liveness;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Not alive once a consumer has not asked the broker for longer than a heart may be silent. It asks
 * each second, also while the broker is away and while a record waits for the database.
 */
@Liveness
@Singleton
final class ConsumerLiveness implements HealthCheck {
  /** Of the client; -1 before the first time. */
  private static final String LAST_POLL = "last-poll-seconds-ago";

  private final KafkaClientService clients;
  private final Heartbeats hearts;

  ConsumerLiveness(KafkaClientService clients, Heartbeats hearts) {
    this.clients = clients;
    this.hearts = hearts;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("consumers").up();
    for (String channel : clients.getConsumerChannels()) {
      double seconds = secondsSincePoll(channel);
      if (seconds > hearts.maxSilence().toSeconds()) {
        response.down().withData(channel, "has not asked for %.0f s".formatted(seconds));
      }
    }
    return response.build();
  }

  /** Of the consumer of {@code channel} that has not asked for longest; -1 where none has ever. */
  double secondsSincePoll(String channel) {
    return clients.getConsumers(channel).stream()
        .map(KafkaConsumer::unwrap)
        .flatMap(consumer -> consumer.metrics().entrySet().stream())
        .filter(metric -> metric.getKey().name().equals(LAST_POLL))
        .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
        .max()
        .orElse(-1);
  }
}
