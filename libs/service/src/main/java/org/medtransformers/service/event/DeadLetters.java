package org.medtransformers.service.event;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.event.Topics;

/** Puts records aside, as they came, with headers that say why and where from. */
@Singleton
final class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);
  private static final int MAX_REASON = 1024;

  private final EventProducer producer;

  DeadLetters(@Identifier("default-kafka-broker") Map<String, Object> broker) {
    this.producer = new EventProducer(broker);
  }

  void put(ConsumerRecord<String, byte[]> record, String reason) {
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(Topics.deadLetter(record.topic()), record.key(), record.value());
    record.headers().forEach(letter.headers()::add);
    CloudEvent.put(letter.headers(), "dead-letter-reason", shortened(reason));
    CloudEvent.put(letter.headers(), "dead-letter-partition", "" + record.partition());
    CloudEvent.put(letter.headers(), "dead-letter-offset", "" + record.offset());
    if (!producer.send(List.of(letter)).isEmpty()) {
      LOG.errorf(
          "%s-%d@%d is too large even for the dead-letter topic and is left where it is",
          record.topic(), record.partition(), record.offset());
    }
  }

  private static String shortened(String reason) {
    return reason.substring(0, Math.min(reason.length(), MAX_REASON));
  }

  @PreDestroy
  void close() {
    producer.close();
  }
}
