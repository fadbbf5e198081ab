package org.medtransformers.service.event;

import io.micrometer.core.instrument.Counter;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.service.metric.Meters;

/** Puts records aside, as they came, with headers that say why and where from. */
@Startup // its counters are there, at 0, before they count
@Singleton
final class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);
  private static final int MAX_REASON = 1024;

  private final EventProducer producer;
  private final Counter count;

  DeadLetters(@Identifier("default-kafka-broker") Map<String, Object> broker, Meters meters) {
    this.producer = new EventProducer(broker);
    this.count = meters.counter(Metric.DEAD_LETTERS);
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
    count.increment();
  }

  private static String shortened(String reason) {
    return reason.substring(0, Math.min(reason.length(), MAX_REASON));
  }

  @PreDestroy
  void close() {
    producer.close();
  }
}
