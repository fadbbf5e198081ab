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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.service.metric.Meters;

/** Puts records aside, as they came, with headers that say why and where from; or sends them on. */
@Startup // its counters are there, at 0, before they count
@Singleton
public final class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  private final EventProducer producer;
  private final Counter count;
  private final String service;

  DeadLetters(
      @Identifier("default-kafka-broker") Map<String, Object> broker,
      Meters meters,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.producer = new EventProducer(broker, EventProducer.LARGEST_LETTER);
    this.count = meters.counter(Metric.DEAD_LETTERS);
    this.service = service;
  }

  /**
   * Puts {@code record} aside, without its value where a broker does not take that.
   *
   * @throws KafkaException if the broker cannot be reached
   */
  void put(ConsumerRecord<String, byte[]> record, String reason) {
    DeadLetter letter = DeadLetter.of(record, service, reason);
    if (!sent(record, letter, record.value(), record.headers())) {
      int bytes = record.value() == null ? 0 : record.value().length;
      LOG.errorf(
          "%s-%d@%d is too large for the dead-letter topic: its %d bytes are left where they are",
          record.topic(), record.partition(), record.offset(), bytes);
      sent(record, letter.withoutValue(bytes), null, List.of());
    }
    count.increment();
  }

  private boolean sent(
      ConsumerRecord<String, byte[]> record,
      DeadLetter letter,
      byte[] value,
      Iterable<Header> headers) {
    ProducerRecord<String, byte[]> aside =
        new ProducerRecord<>(Topics.deadLetter(record.topic()), null, record.key(), value, headers);
    letter.addTo(aside.headers());
    return send(aside);
  }

  /**
   * Sends {@code record}, and returns when the broker has it.
   *
   * @return false if it is too large, now and ever
   * @throws KafkaException if the broker cannot be reached; it may have arrived
   */
  public boolean send(ProducerRecord<String, byte[]> record) {
    return producer.send(List.of(record)).isEmpty();
  }

  @PreDestroy
  void close() {
    producer.close();
  }
}
