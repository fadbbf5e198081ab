package org.medtransformers.service.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends records in order and returns when the broker has them all. After a failure nothing of the
 * failed call is still under way, so that repeating it cannot overtake what is left of it.
 */
final class EventProducer implements AutoCloseable {
  /** As the broker's message.max.bytes; the table of a large experiment has its place. */
  static final int LARGEST_EVENT = 8 << 20;

  /**
   * What fits into a topic fits into its dead-letter topic too, with what is said of it. Without
   * end it would be a way to fill the memory of who reads it there.
   */
  static final int LARGEST_LETTER = 12 << 20;

  /** Holds whatever the configuration says: events are neither lost nor sent in another order. */
  private static final Map<String, Object> DELIVERY =
      Map.of(
          ProducerConfig.ACKS_CONFIG,
          "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          true,
          // The JDK's own: there is no library to be unpacked that could be missing.
          ProducerConfig.COMPRESSION_TYPE_CONFIG,
          "gzip",
          ProducerConfig.LINGER_MS_CONFIG,
          0,
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          10_000,
          ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
          10_000,
          // Long enough for a broker to restart, short enough for a transaction to wait for it.
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          45_000);

  private final Map<String, Object> settings;
  private KafkaProducer<String, byte[]> producer;

  /**
   * @param broker the keys below {@code kafka} in the configuration, as the channels of incoming
   *     events use them: where it is, and how it is trusted and convinced
   */
  EventProducer(Map<String, Object> broker) {
    this(broker, LARGEST_EVENT);
  }

  /**
   * @param largest record in bytes, before compression
   */
  EventProducer(Map<String, Object> broker, int largest) {
    settings = new HashMap<>(broker);
    // Those of consumers among them would be warned of as unknown.
    settings.keySet().retainAll(ProducerConfig.configNames());
    settings.putAll(DELIVERY);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest);
  }

  /** What the producer is made with. */
  Map<String, Object> settings() {
    return Collections.unmodifiableMap(settings);
  }

  /**
   * Sends {@code records}.
   *
   * @return those that are too large for the broker, now and ever; all others have arrived
   * @throws KafkaException if one of them was not acknowledged; some may have arrived
   */
  synchronized List<ProducerRecord<String, byte[]>> send(
      List<ProducerRecord<String, byte[]>> records) {
    try {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (ProducerRecord<String, byte[]> record : records) {
        sent.add(sendAfterOthers(record));
      }
      List<ProducerRecord<String, byte[]>> tooLarge = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        if (isTooLarge(sent.get(i))) {
          tooLarge.add(records.get(i));
        }
      }
      return tooLarge;
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while sending", e);
    } catch (ExecutionException e) {
      close();
      throw new KafkaException(e.getCause());
    } catch (KafkaException e) {
      close();
      throw e;
    }
  }

  /**
   * One that has failed already, as without a broker each does after a wait, ends the call: a later
   * one that found a broker would overtake it, and each would wait as long.
   */
  private Future<RecordMetadata> sendAfterOthers(ProducerRecord<String, byte[]> record)
      throws ExecutionException, InterruptedException {
    Future<RecordMetadata> acknowledgement = connected().send(record);
    if (acknowledgement.isDone()) {
      var unused = isTooLarge(acknowledgement); // throws what is another failure
    }
    return acknowledgement;
  }

  private static boolean isTooLarge(Future<RecordMetadata> acknowledgement)
      throws ExecutionException, InterruptedException {
    try {
      acknowledgement.get();
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException) {
        return true;
      }
      throw e;
    }
  }

  /** Drops what is under way. The next {@link #send} connects again. */
  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }

  private KafkaProducer<String, byte[]> connected() {
    if (producer == null) {
      producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
    return producer;
  }
}
