package org.medtransformers.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
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

  @Test
  void deadLettersAreKeptWithoutEndAlsoWhereTheirTopicWasThereBefore() throws Exception {
    ConfigResource letters = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC + ".dlq");
    ConfigResource others = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
    try (LocalBroker broker = new LocalBroker(BrokerSettings.onFreePorts(directory)).start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic before = new NewTopic(letters.name(), 1, (short) 1);
      admin.createTopics(List.of(before)).all().get();
      broker.createTopics(List.of(TOPIC, letters.name()), 1);
      Map<ConfigResource, Config> configured =
          admin.describeConfigs(List.of(letters, others)).all().get();
      assertEquals("-1", configured.get(letters).get("retention.ms").value());
      assertEquals("16777216", configured.get(letters).get("max.message.bytes").value());
      assertEquals("604800000", configured.get(others).get("retention.ms").value());
      assertEquals("8388608", configured.get(others).get("max.message.bytes").value());
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
