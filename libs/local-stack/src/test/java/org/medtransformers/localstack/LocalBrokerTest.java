package org.medtransformers.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.event.TopicRights;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.localstack.testing.ExpectsErrors;

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

  /** Of a broker that an earlier version made for whoever reaches it. */
  @ExpectsErrors({"Topic authorization failed", "Not authorized to commit to topics"})
  @Test
  void eachServiceWritesAndReadsItsOwnTopicsAlsoWhereTheBrokerAskedNobodyBefore() throws Exception {
    BrokerSettings settings = BrokerSettings.onFreePorts(directory.resolve("kafka"));
    try (LocalBroker before = new LocalBroker(settings).start()) {
      before.createTopics(Topics.all(), 1);
    }
    BrokerUsers users = new BrokerUsers(directory.resolve("users"));
    Files.createDirectory(users.directory());
    try (LocalBroker broker = new LocalBroker(settings, users).start()) {
      broker.createTopics(Topics.all(), 1);
      assertTrue(LocalBroker.answers(broker.bootstrapServers(), users, Duration.ofSeconds(30)));
      for (ServiceName service : ServiceName.values()) {
        Map<String, String> connection = users.connection(service.label());
        assertEquals(TopicRights.writtenBy(service), writable(broker, connection));
        assertEquals(TopicRights.readBy(service), readable(broker, connection, service.label()));
        assertThrows(
            GroupAuthorizationException.class,
            () ->
                read(broker, connection, "another", TopicRights.readBy(service).iterator().next()));
      }
      Map<String, String> client = users.connection(BrokerUsers.CLIENT);
      assertEquals(Set.of(Topics.EXPERIMENT_REQUESTS), writable(broker, client));
      assertEquals(Set.of(Topics.EXPERIMENT_EVENTS), readable(broker, client, "client-1"));
    }
  }

  @ExpectsErrors("failed authentication")
  @Test
  void whoShowsNoPasswordOrAnotherIsNotServed() throws Exception {
    BrokerSettings settings = BrokerSettings.onFreePorts(directory.resolve("kafka"));
    BrokerUsers users = new BrokerUsers(directory.resolve("users"));
    Files.createDirectory(users.directory());
    try (LocalBroker broker = new LocalBroker(settings, users).start()) {
      broker.createTopics(Topics.all(), 1);
      Duration patience = Duration.ofSeconds(5);
      assertFalse(LocalBroker.answers(broker.bootstrapServers(), null, patience));
      assertFalse(LocalBroker.answers("127.0.0.1:" + settings.controllerPort(), null, patience));
      BrokerUsers strangers = new BrokerUsers(directory.resolve("strangers"));
      Files.createDirectory(strangers.directory());
      assertFalse(LocalBroker.answers(broker.bootstrapServers(), strangers, patience));
      Map<String, String> stranger = strangers.connection("gateway");
      ExecutionException refused =
          assertThrows(
              ExecutionException.class, () -> write(broker, stranger, Topics.EXPERIMENT_REQUESTS));
      assertInstanceOf(SaslAuthenticationException.class, refused.getCause());
    }
  }

  private static Set<String> writable(LocalBroker broker, Map<String, String> connection)
      throws Exception {
    Set<String> written = new HashSet<>();
    for (String topic : Topics.all()) {
      try {
        write(broker, connection, topic);
        written.add(topic);
      } catch (ExecutionException e) {
        assertInstanceOf(TopicAuthorizationException.class, e.getCause(), topic);
      }
    }
    return written;
  }

  private static void write(LocalBroker broker, Map<String, String> connection, String topic)
      throws Exception {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("max.block.ms", "10000");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "k", "v")).get();
    }
  }

  private static Set<String> readable(
      LocalBroker broker, Map<String, String> connection, String group) {
    Set<String> read = new HashSet<>();
    for (String topic : Topics.all()) {
      try {
        read(broker, connection, group, topic);
        read.add(topic);
      } catch (TopicAuthorizationException e) {
        // Not its own.
      }
    }
    return read;
  }

  private static void read(
      LocalBroker broker, Map<String, String> connection, String group, String topic) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("group.id", group);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      // For which a broker wants the right to read.
      consumer.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)));
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
