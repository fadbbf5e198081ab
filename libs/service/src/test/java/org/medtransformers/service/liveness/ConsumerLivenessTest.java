package org.medtransformers.service.liveness;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Liveness;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.localstack.LocalDatabase;
import org.medtransformers.service.Events;
import org.medtransformers.service.ReadOnlyServer;
import org.medtransformers.service.ServiceTestStack;
import org.medtransformers.service.TestTopic;
import org.medtransformers.service.database.Database;

@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class ConsumerLivenessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CHANNEL = "events";

  @Inject @Liveness ConsumerLiveness liveness;
  @Inject KafkaClientService clients;
  @Inject Database database;
  LocalBroker broker;
  LocalDatabase server;

  /** Else the broker would give its partitions to others, who would fare no better. */
  @Test
  void aConsumerGoesOnAskingWhileARecordWaitsForTheDatabase() throws Exception {
    try (ReadOnlyServer readOnly = ReadOnlyServer.of(server)) {
      await().atMost(PATIENCE).until(() -> !database.writable());
      TestTopic.write(
          broker,
          Events.record(
              Topics.TRAINING_COMMANDS,
              UUID.randomUUID().toString(),
              new RunCancelRequested("waits")));
      Thread.sleep(Duration.ofSeconds(8).toMillis());
      await().atMost(PATIENCE).until(() -> liveness.secondsSincePoll(CHANNEL) <= 2);
    }
  }

  @Test
  void aConsumerThatHasNotAskedForLongerThanTheLimitIsDead() {
    await().atMost(PATIENCE).until(() -> liveness.secondsSincePoll(CHANNEL) >= 0);
    assertEquals(Status.UP, liveness.call().getStatus());
    ConsumerLiveness impatient =
        new ConsumerLiveness(
            clients, new Heartbeats(Duration.ofSeconds(-1), () -> 0L)); // as if it had been so long
    assertEquals(Status.DOWN, impatient.call().getStatus());
    assertTrue(impatient.call().getData().orElseThrow().containsKey(CHANNEL));
  }
}
