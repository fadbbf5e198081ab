package org.medtransformers.service.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class EventProducerTest {
  private static final Map<String, Object> SECURED =
      Map.of(
          "bootstrap.servers", "kafka:9093",
          "security.protocol", "SASL_SSL",
          "sasl.mechanism", "SCRAM-SHA-512",
          "sasl.jaas.config", "a module",
          "ssl.truststore.type", "PEM",
          "group.id", "gateway",
          "acks", "0");

  /** How long a record waits for a broker that is not there. */
  private static final Duration MAX_BLOCK = Duration.ofSeconds(10);

  private final Map<String, Object> settings = new EventProducer(SECURED).settings();

  @Test
  void eventsAreSentToTheBrokerThatTheyAreReceivedFrom() {
    for (String key :
        new String[] {
          "bootstrap.servers",
          "security.protocol",
          "sasl.mechanism",
          "sasl.jaas.config",
          "ssl.truststore.type"
        }) {
      assertEquals(SECURED.get(key), settings.get(key), key);
    }
  }

  @Test
  void whatIsForConsumersIsLeftOut() {
    assertFalse(settings.containsKey("group.id"));
  }

  @Test
  void noConfigurationMakesEventsGetLost() {
    assertEquals("all", settings.get("acks"));
    assertEquals(true, settings.get("enable.idempotence"));
  }

  @Test
  void withoutABrokerABatchIsGivenUpAfterItsFirstRecord() throws IOException {
    List<ProducerRecord<String, byte[]>> batch =
        Stream.of("first", "second", "third")
            .map(key -> new ProducerRecord<>("training.events", key, new byte[1]))
            .toList();
    try (EventProducer producer =
        new EventProducer(Map.of("bootstrap.servers", "127.0.0.1:" + closedPort()))) {
      long start = System.nanoTime();
      assertThrows(KafkaException.class, () -> producer.send(batch));
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(waited.compareTo(MAX_BLOCK.multipliedBy(2)) < 0, waited.toString());
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
