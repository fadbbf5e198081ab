package org.medtransformers.service.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.TopicRights;

/** The other side of a service under test: a plain Kafka client that commands and listens. */
public final class EventWire implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Event> heard = new CopyOnWriteArrayList<>();
  private final Thread listener;
  private volatile boolean closed;

  /**
   * @param topic listened to, from its beginning
   */
  public EventWire(String bootstrapServers, String topic) {
    Map<String, Object> broker = Map.of("bootstrap.servers", bootstrapServers);
    producer = new KafkaProducer<>(broker, new StringSerializer(), new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
    listener = new Thread(this::listen, "event-wire");
    listener.setDaemon(true);
    listener.start();
  }

  /** Sends {@code event} under an id of its own. */
  public void send(String topic, Event event) {
    send(topic, UUID.randomUUID().toString(), event);
  }

  /** Sends {@code event} as a CloudEvent called {@code id}. */
  public void send(String topic, String id, Event event) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, event.key(), Json.write(event).getBytes(UTF_8));
    Map.of(
            "ce_specversion",
            "1.0",
            "ce_id",
            id,
            "ce_source",
            TopicRights.speaker(topic).map(ServiceName::source).orElse("/test"),
            "ce_type",
            EventTypes.of(event.getClass()).name(),
            "content-type",
            "application/json")
        .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    try {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What was heard so far of {@code type} with {@code key}, in order. */
  public <T extends Event> List<T> heard(Class<T> type, String key) {
    return heard.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(event -> event.key().equals(key))
        .toList();
  }

  /** Waits for an event; the first that fits is returned. */
  public <T extends Event> T await(Class<T> type, String key, Predicate<T> fits) {
    return Awaitility.await(type.getSimpleName() + " of " + key)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> heard(type, key).stream().filter(fits).findFirst(), found -> found.isPresent())
        .orElseThrow();
  }

  public <T extends Event> T await(Class<T> type, String key) {
    return await(type, key, event -> true);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    listener.join();
    consumer.close();
    producer.close();
  }

  private void listen() {
    while (!closed) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
        String type = new String(record.headers().lastHeader("ce_type").value(), UTF_8);
        EventTypes.named(type)
            .map(known -> Json.read(new String(record.value(), UTF_8), known.record()))
            .ifPresent(heard::add);
      }
    }
  }
}
