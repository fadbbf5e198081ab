package org.medtransformers.localstack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A single-node Kafka broker (KRaft) inside this JVM. It can be stopped and started again: ports
 * and log stay, so clients come back by themselves and find all they had. A log that a killed
 * broker left behind is recovered at the start.
 */
public final class LocalBroker implements AutoCloseable {
  /** What somebody has to see to does not expire, and is not refused for what is said of it. */
  private static final Map<String, String> OF_DEAD_LETTERS =
      Map.of("retention.ms", "-1", "max.message.bytes", String.valueOf(16 << 20));

  private static final String DEAD_LETTERS = ".dlq";

  private final BrokerSettings settings;

  /** Null for a broker that asks nobody. */
  private final BrokerUsers users;

  private KafkaRaftServer server;

  /** One for tests: whoever reaches it may do everything. */
  public LocalBroker(BrokerSettings settings) {
    this(settings, null);
  }

  /** One that only {@code users} may connect to. */
  LocalBroker(BrokerSettings settings, BrokerUsers users) {
    this.settings = settings;
    this.users = users;
  }

  /** Address for {@code bootstrap.servers}; the same over restarts. */
  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  /** Starts, or starts again after {@link #stop()}; returns when clients are served. */
  public synchronized LocalBroker start() {
    if (server != null) {
      throw new IllegalStateException("broker already runs at " + bootstrapServers());
    }
    formatIfNew();
    KafkaRaftServer starting =
        new KafkaRaftServer(KafkaConfig.fromProps(properties(), false), Time.SYSTEM);
    starting.startup();
    server = starting;
    return this;
  }

  private Properties properties() {
    Properties properties = settings.properties();
    if (users != null) {
      users.secure(properties, BrokerSettings.LISTENER, BrokerSettings.CONTROLLER_LISTENER);
    }
    return properties;
  }

  /** Stops cleanly; clients see an unreachable broker. Does nothing when stopped already. */
  public synchronized void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  @Override
  public void close() {
    stop();
  }

  /**
   * Creates those of {@code topics} that do not exist yet, and the users; dead letters are kept
   * without end, also where their topic exists.
   */
  public void createTopics(Collection<String> topics, int partitions) {
    try (Admin admin = Admin.create(administrator(bootstrapServers(), users))) {
      List<NewTopic> newTopics =
          topics.stream()
              .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()))
              .toList();
      for (KafkaFuture<Void> created : admin.createTopics(newTopics).values().values()) {
        awaitUnlessThere(created);
      }
      admin.incrementalAlterConfigs(keptWithoutEnd(topics)).all().get();
      if (users != null) {
        users.grant(admin);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot create topics " + topics, e.getCause());
    }
  }

  /** Asking first would not do: what a broker lists may be of a moment ago. */
  private static void awaitUnlessThere(KafkaFuture<Void> created)
      throws InterruptedException, ExecutionException {
    try {
      created.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static Map<String, Object> administrator(String bootstrapServers, BrokerUsers users) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    if (users != null) {
      settings.putAll(users.connection(BrokerUsers.ADMINISTRATOR));
    }
    return settings;
  }

  /** Whether the broker at {@code bootstrapServers} answers within {@code patience}. */
  static boolean answers(String bootstrapServers, BrokerUsers users, Duration patience) {
    Admin admin = Admin.create(administrator(bootstrapServers, users));
    try {
      var nodes = admin.describeCluster().nodes().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return !nodes.isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private static Map<ConfigResource, Collection<AlterConfigOp>> keptWithoutEnd(
      Collection<String> topics) {
    List<AlterConfigOp> settings =
        OF_DEAD_LETTERS.entrySet().stream()
            .map(
                setting ->
                    new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()),
                        AlterConfigOp.OpType.SET))
            .toList();
    return topics.stream()
        .filter(topic -> topic.endsWith(DEAD_LETTERS))
        .collect(
            Collectors.toMap(
                topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic), topic -> settings));
  }

  private void formatIfNew() {
    if (Files.exists(settings.directory().resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(settings.directory());
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(BrokerSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .setDirectories(List.of(settings.directory().toAbsolutePath().toString()))
          .setMetadataLogDirectory(settings.directory().toAbsolutePath().toString())
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("cannot format " + settings.directory(), e);
    }
  }
}
