package org.medtransformers.service;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.TopicRights;

/** Events as a plain Kafka client writes and reads them. */
public final class Events {
  private Events() {}

  public static <T extends Event> T data(ConsumerRecord<String, byte[]> record, Class<T> type) {
    return Json.read(new String(record.value(), StandardCharsets.UTF_8), type);
  }

  public static String type(Class<? extends Event> record) {
    return EventTypes.of(record).name();
  }

  public static String type(ConsumerRecord<String, byte[]> record) {
    return new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
  }

  public static ProducerRecord<String, byte[]> record(String topic, String id, Event event) {
    return record(
        topic, id, EventTypes.of(event.getClass()).name(), event.key(), Json.write(event));
  }

  static ProducerRecord<String, byte[]> record(
      String topic, String id, String type, String key, String data) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, key, data.getBytes(StandardCharsets.UTF_8));
    header(record, "ce_specversion", "1.0");
    header(record, "ce_id", id);
    header(record, "ce_source", source(topic));
    header(record, "ce_type", type);
    header(record, "content-type", "application/json");
    return record;
  }

  /** Of events that are believed on {@code topic}. */
  public static String source(String topic) {
    return TopicRights.speaker(topic).map(ServiceName::source).orElse("/test");
  }

  private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
