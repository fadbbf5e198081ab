package org.medtransformers.service.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
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
}
