package org.medtransformers.service.liveness;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Liveness;
import org.junit.jupiter.api.Test;
import org.medtransformers.service.ServiceTestStack;

@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class ConsumerLivenessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CHANNEL = "events";

  @Inject @Liveness ConsumerLiveness liveness;
  @Inject KafkaClientService clients;

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
