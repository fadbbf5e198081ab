package org.medtransformers.gateway.fakes;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.TopicRights;

/** Events as a plain Kafka client writes and reads them. */
public final class CloudEvents {
  private CloudEvents() {}

  /** {@code event} on the topic of its type, with a fresh id. */
  public static ProducerRecord<String, byte[]> record(Event event) {
    String topic = EventTypes.of(event.getClass()).topic().orElseThrow();
    return record(topic, UUID.randomUUID().toString(), event);
  }

  public static ProducerRecord<String, byte[]> record(String topic, String id, Event event) {
    String type = EventTypes.of(event.getClass()).name();
    return record(topic, id, type, event.key(), Json.write(event));
  }

  public static ProducerRecord<String, byte[]> record(
      String topic, String id, String type, String key, String data) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, key, data.getBytes(StandardCharsets.UTF_8));
    header(record, "ce_specversion", "1.0");
    header(record, "ce_id", id);
    header(
        record, "ce_source", TopicRights.speaker(topic).map(ServiceName::source).orElse("/test"));
    header(record, "ce_type", type);
    header(record, "ce_time", Instant.now().toString());
    header(record, "content-type", "application/json");
    return record;
  }

  public static String attribute(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader("ce_" + name).value(), StandardCharsets.UTF_8);
  }

  /** The data of {@code record}. */
  public static Event event(ConsumerRecord<String, byte[]> record) {
    return Json.read(
        new String(record.value(), StandardCharsets.UTF_8),
        EventTypes.named(attribute(record, "type")).orElseThrow().record());
  }

  private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
