package org.medtransformers.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.medtransformers.contracts.event.Topics;

/** A broker's records, read and written beside the services, by who may do everything. */
public final class Records {
  private static final Duration POLL = Duration.ofMillis(200);

  private Records() {}

  /**
   * All that {@code topics} hold now, in the order of each partition.
   *
   * @throws org.apache.kafka.common.KafkaException while the broker is away
   */
  public static List<ConsumerRecord<String, byte[]>> in(
      Map<String, Object> broker, Collection<String> topics) {
    Map<String, Object> settings = new HashMap<>(broker);
    settings.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(all::add);
      }
      return all;
    }
  }

  /** What was put aside since it could not be handled. */
  public static List<ConsumerRecord<String, byte[]>> deadLetters(Map<String, Object> broker) {
    return in(broker, Topics.all().stream().filter(t -> t.endsWith(".dlq")).toList());
  }

  /** Whether those who read a topic have acknowledged all that it holds. */
  public static boolean allReceived(Map<String, Object> broker)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(broker)) {
      Map<TopicPartition, Long> read = new HashMap<>();
      for (var group : admin.listGroups().all().get()) {
        admin
            .listConsumerGroupOffsets(group.groupId())
            .partitionsToOffsetAndMetadata()
            .get()
            .forEach((partition, offset) -> read.put(partition, offset.offset()));
      }
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      read.keySet().forEach(partition -> ends.put(partition, OffsetSpec.latest()));
      return admin.listOffsets(ends).all().get().entrySet().stream()
          .allMatch(end -> read.get(end.getKey()) >= end.getValue().offset());
    }
  }

  /** Sends one after the other; returns when the broker has them all. */
  public static void send(Map<String, Object> broker, List<ProducerRecord<String, byte[]>> records)
      throws ExecutionException, InterruptedException {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(broker, new StringSerializer(), new ByteArraySerializer())) {
      for (ProducerRecord<String, byte[]> record : records) {
        producer.send(record).get();
      }
    }
  }
}
