package org.medtransformers.localstack.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.medtransformers.localstack.BrokerSettings;
import org.medtransformers.localstack.FreePorts;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.localstack.LocalDatabase;

/**
 * One broker and one database for all tests of a module. A module extends it with its database and
 * topics and names the subclass in {@code @QuarkusTestResource}. A test that has a field of type
 * {@link LocalBroker} or {@link LocalDatabase} gets it filled, to stop the broker for a while, say.
 */
public abstract class LocalStackTestResource implements QuarkusTestResourceLifecycleManager {
  private static final int PARTITIONS = 4;
  private static final Path DIRECTORY = Path.of("target", "local-stack").toAbsolutePath();

  /** By which the service under test knows others. */
  public static final String SERVICE_KEY = "a key of services that are tested, and of no others";

  /** What opens its metrics. */
  public static final String METRICS_TOKEN = "opens the metrics and nothing else";

  private final String database;
  private final Set<String> topics;
  private LocalBroker broker;
  private LocalDatabase server;

  /**
   * @param database created and given to the service
   * @param topics created, with four partitions each
   */
  protected LocalStackTestResource(String database, List<String> topics) {
    this.database = database;
    this.topics = new LinkedHashSet<>(topics);
  }

  @Override
  public Map<String, String> start() {
    server = LocalDatabase.forTests(DIRECTORY.resolve("postgres"), FreePorts.next());
    // What a killed test run left behind.
    server.stop();
    delete();
    broker = new LocalBroker(BrokerSettings.onFreePorts(DIRECTORY.resolve("kafka"))).start();
    broker.createTopics(topics, PARTITIONS);
    server.start();
    LocalDatabase.Owner owner = server.createDatabase(database);
    return Map.of(
        "medtrans.home", DIRECTORY.resolve("home").toString(),
        "medtrans.access.service-key", SERVICE_KEY,
        "medtrans.access.metrics-token-file", metricsToken().toString(),
        "kafka.bootstrap.servers", broker.bootstrapServers(),
        "quarkus.datasource.jdbc.url", server.jdbcUrl(database),
        "quarkus.datasource.username", owner.user(),
        "quarkus.datasource.password", owner.password());
  }

  private static Path metricsToken() {
    try {
      return Files.writeString(DIRECTORY.resolve("metrics-token"), METRICS_TOKEN + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(broker, new TestInjector.MatchesType(LocalBroker.class));
    injector.injectIntoFields(server, new TestInjector.MatchesType(LocalDatabase.class));
  }

  @Override
  public void stop() {
    if (broker != null) {
      broker.stop();
    }
    if (server != null) {
      server.stop();
    }
    delete();
  }

  private static void delete() {
    try {
      FileUtils.deleteDirectory(DIRECTORY.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
