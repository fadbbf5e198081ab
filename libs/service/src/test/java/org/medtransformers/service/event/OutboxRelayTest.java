package org.medtransformers.service.event;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.medtransformers.localstack.LocalDatabase;
import org.medtransformers.service.ServiceTestStack;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.liveness.Heartbeats;
import org.medtransformers.service.metric.Meters;
import org.postgresql.ds.PGSimpleDataSource;

/** Has a database of its own, whose outbox nobody else sends. */
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class OutboxRelayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject Heartbeats hearts;
  LocalDatabase server;

  @Inject
  @Identifier("default-kafka-broker")
  Map<String, Object> kafka;

  @Test
  void whatIsWrittenBeforeItStopsIsSent() throws Exception {
    DataSource own = ownDatabase();
    append(own);
    OutboxRelay relay = relay(own);
    relay.start(new StartupEvent());
    await().atMost(PATIENCE).until(() -> waiting(own) == 0);

    append(own);
    relay.stop(new ShutdownEvent());
    assertEquals(0, waiting(own));
  }

  @Test
  void nothingIsSentThatCannotBeForgotten() throws Exception {
    PGSimpleDataSource own = ownDatabase();
    append(own);
    OutboxTable table = new OutboxTable(own, 10);
    List<ProducerRecord<String, byte[]>> sent = new ArrayList<>();
    own.setOptions("-c default_transaction_read_only=on");
    SQLException refused = assertThrows(SQLException.class, () -> table.send(sent::addAll));
    assertEquals("25006", refused.getSQLState());
    assertEquals(List.of(), sent);

    own.setOptions("");
    table.send(sent::addAll);
    assertEquals(1, sent.size());
  }

  /** One that would not look again by itself before the test is over. */
  private OutboxRelay relay(DataSource own) {
    MedtransConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(MedtransConfig.class)
            .withSources(
                new PropertiesConfigSource(
                    Map.of("medtrans.home", "unused", "medtrans.outbox.poll-every", "1H"),
                    "test",
                    0))
            .withConverter(Duration.class, 100, new DurationConverter())
            .withConverter(MemorySize.class, 100, new MemorySizeConverter())
            .build()
            .getConfigMapping(MedtransConfig.class);
    return new OutboxRelay(
        own, new OutboxSignal(), config, new Meters(new SimpleMeterRegistry()), hearts, kafka);
  }

  private PGSimpleDataSource ownDatabase() {
    String name = "relay_" + UUID.randomUUID().toString().replace('-', '_');
    LocalDatabase.Owner owner = server.createDatabase(name);
    PGSimpleDataSource own = new PGSimpleDataSource();
    own.setUrl(server.jdbcUrl(name));
    own.setUser(owner.user());
    own.setPassword(owner.password());
    Flyway.configure().dataSource(own).locations("db/common").load().migrate();
    return own;
  }

  private static void append(DataSource own) throws SQLException {
    execute(
        own,
        "INSERT INTO outbox (event_id, source, type, topic, event_key, data)"
            + " VALUES (gen_random_uuid(), '/test', 'test.v1', 'training.events', 'relay', '{}')");
  }

  private static long waiting(DataSource own) throws SQLException {
    try (Connection connection = own.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM outbox")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
