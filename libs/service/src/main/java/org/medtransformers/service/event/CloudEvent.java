package org.medtransformers.service.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * An event as it travels: CloudEvents 1.0 in Kafka's binary mode, attributes in headers and the
 * data in the value.
 *
 * @param id unique within {@code source}
 * @param source who sent it
 * @param type versioned type name
 * @param time when it happened; null if the sender did not say
 * @param key of the record; null if it has none
 * @param data UTF-8 JSON
 */
record CloudEvent(String id, String source, String type, Instant time, String key, String data) {
  private static final String PREFIX = "ce_";
  private static final String CONTENT_TYPE = "content-type";

  /** The record that carries this event on {@code topic}. */
  ProducerRecord<String, byte[]> toRecord(String topic) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, key, data.getBytes(StandardCharsets.UTF_8));
    Headers headers = record.headers();
    put(headers, PREFIX + "specversion", "1.0");
    put(headers, PREFIX + "id", id);
    put(headers, PREFIX + "source", source);
    put(headers, PREFIX + "type", type);
    put(headers, PREFIX + "time", time.toString());
    put(headers, CONTENT_TYPE, "application/json");
    return record;
  }

  /**
   * Reads the event that {@code record} carries.
   *
   * @throws UnreadableEventException if a required attribute is missing or malformed
   */
  static CloudEvent of(ConsumerRecord<String, byte[]> record) {
    Headers headers = record.headers();
    String version = required(headers, "specversion");
    if (!version.equals("1.0")) {
      throw new UnreadableEventException("ce_specversion is " + version + ", expected 1.0");
    }
    if (record.value() == null) {
      throw new UnreadableEventException("the record has no value");
    }
    return new CloudEvent(
        required(headers, "id"),
        required(headers, "source"),
        required(headers, "type"),
        time(text(headers, PREFIX + "time")),
        record.key(),
        new String(record.value(), StandardCharsets.UTF_8));
  }

  static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String required(Headers headers, String attribute) {
    String value = text(headers, PREFIX + attribute);
    if (value == null || value.isBlank()) {
      throw new UnreadableEventException("header " + PREFIX + attribute + " is missing");
    }
    return value;
  }

  /** The header {@code name}; null where there is none. */
  static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static Instant time(String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new UnreadableEventException("ce_time is not a time: " + text);
    }
  }
}
