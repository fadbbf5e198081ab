package org.medtransformers.service.event;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.medtransformers.contracts.event.Topics;

/** Puts records aside, as they came, with headers that say why and where from. */
@Singleton
final class DeadLetters {
  private final EventProducer producer;

  DeadLetters(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.producer = new EventProducer(bootstrapServers);
  }

  void put(ConsumerRecord<String, byte[]> record, String reason) {
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(Topics.deadLetter(record.topic()), record.key(), record.value());
    record.headers().forEach(letter.headers()::add);
    CloudEvent.put(letter.headers(), "dead-letter-reason", reason);
    CloudEvent.put(letter.headers(), "dead-letter-partition", "" + record.partition());
    CloudEvent.put(letter.headers(), "dead-letter-offset", "" + record.offset());
    producer.send(List.of(letter));
  }

  @PreDestroy
  void close() {
    producer.close();
  }
}
