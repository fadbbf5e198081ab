package org.medtransformers.tests.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.medtransformers.contracts.Json;

/**
 * A record as it was on the wire.
 *
 * @param headers the attributes of the CloudEvent
 * @param data the value, which is JSON
 */
record RecordedEvent(String topic, String key, Map<String, String> headers, JsonNode data) {
  static RecordedEvent of(ConsumerRecord<String, byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    record
        .headers()
        .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    return new RecordedEvent(
        record.topic(),
        record.key(),
        headers,
        Json.parse(new String(record.value(), StandardCharsets.UTF_8)));
  }

  /** The versioned name of the event's type. */
  String type() {
    return headers.get("ce_type");
  }

  /** The same record, to be sent again. */
  ProducerRecord<String, byte[]> toRecord() {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, key, Json.write(data).getBytes(StandardCharsets.UTF_8));
    headers.forEach(
        (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }
}
