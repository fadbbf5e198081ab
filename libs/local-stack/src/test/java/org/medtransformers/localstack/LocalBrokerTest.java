package org.medtransformers.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {
  private static final String TOPIC = "letters";

  @TempDir Path directory;

  @Test
  void recordsSurviveARestartAndClientsComeBack() throws Exception {
    BrokerSettings settings = BrokerSettings.onFreePorts(directory);
    try (LocalBroker broker = new LocalBroker(settings).start()) {
      broker.createTopics(List.of(TOPIC, TOPIC + ".dlq"), 2);
      broker.createTopics(List.of(TOPIC), 2);
      try (KafkaProducer<String, String> producer = producer(broker)) {
        producer.send(new ProducerRecord<>(TOPIC, "k", "before")).get();
        broker.stop();
        // Sending itself waits where the client has forgotten the unreachable broker's topics.
        var whileStopped =
            new FutureTask<>(
                () -> producer.send(new ProducerRecord<>(TOPIC, "k", "meanwhile")).get());
        new Thread(whileStopped).start();
        broker.start();
        whileStopped.get();
      }
      assertEquals(List.of("before", "meanwhile"), read(broker, 2));
    }
  }

  private static KafkaProducer<String, String> producer(LocalBroker broker) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "compression.type", "gzip"),
        new StringSerializer(),
        new StringSerializer());
  }

  private static List<String> read(LocalBroker broker, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "reader",
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      IntStream.range(0, 60)
          .takeWhile(i -> values.size() < count)
          .forEach(i -> consumer.poll(Duration.ofMillis(500)).forEach(r -> values.add(r.value())));
    }
    return values;
  }
}
