package org.medtransformers.service;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.localstack.LocalDatabase;
import org.medtransformers.localstack.testing.ExpectsErrors;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.Outage;
import org.medtransformers.service.event.EventHandler;
import org.medtransformers.service.event.EventReceiver;
import org.medtransformers.service.event.Reception;

/** A database that answers and refuses. Handlers here fail more often than a record may. */
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class RefusingDatabaseTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** medtrans.inbox.max-failures, and two more. */
  private static final int MORE_THAN_ALLOWED = 7;

  @Inject TestConsumer consumer;
  @Inject EventReceiver receiver;
  @Inject Database database;
  LocalBroker broker;
  LocalDatabase server;

  @Test
  void whatIsReceivedWhileItIsReadOnlyWaitsAndHasItsEffectOnce() throws Exception {
    String runId = UUID.randomUUID().toString();
    try (ReadOnlyServer readOnly = ReadOnlyServer.of(server)) {
      TestTopic.write(
          broker,
          Events.record(
              Topics.TRAINING_COMMANDS,
              UUID.randomUUID().toString(),
              new RunCancelRequested(runId)));
      await().atMost(PATIENCE).until(() -> ready() == 503);
      await().atMost(PATIENCE).until(() -> gauge("medtrans_database_refuses") == 1);
      await().atMost(PATIENCE).until(() -> gauge("medtrans_database_waits") >= 1);
      given().get("/q/health/live").then().statusCode(200);
    }
    await().atMost(PATIENCE).until(() -> consumer.handled(runId) == 1);
    await().atMost(PATIENCE).until(() -> ready() == 200);
    assertEquals(0, gauge("medtrans_database_refuses"));
    assertEquals(0, gauge("medtrans_database_waits"));
  }

  @Test
  void sessionsBegunWhileItWasReadOnlyAreLeftBehind() throws Exception {
    String name = name();
    execute("ALTER DATABASE %s SET default_transaction_read_only = on".formatted(name));
    try {
      execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
              .formatted(name));
      await().atMost(PATIENCE).until(() -> !database.writable());
    } finally {
      execute("ALTER DATABASE %s RESET default_transaction_read_only".formatted(name));
    }
    await().atMost(PATIENCE).until(database::writable);
    assertEquals(Reception.HANDLED, receiver.receive(record(), event -> {}));
  }

  @Test
  void aLockThatIsNotToBeHadIsWaitedFor() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    CompletableFuture<Reception> received;
    try (Connection other = server.connect(name());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE job IN ACCESS EXCLUSIVE MODE");
      received =
          CompletableFuture.supplyAsync(
              () ->
                  receiver.receive(
                      record(),
                      event -> {
                        tries.incrementAndGet();
                        database.update("DELETE FROM job WHERE run_id = 'nobody'");
                      }));
      await().atMost(PATIENCE).until(() -> tries.get() >= MORE_THAN_ALLOWED);
      other.rollback();
    }
    assertEquals(Reception.HANDLED, received.get());
  }

  @Test
  void transactionsThatMeetOthersAreTriedUntilTheyPass() {
    AtomicInteger tries = new AtomicInteger();
    EventHandler meetsOthers =
        event -> {
          if (tries.incrementAndGet() <= MORE_THAN_ALLOWED) {
            throw new IllegalStateException(new SQLException("could not serialize", "40001"));
          }
        };
    assertEquals(Reception.HANDLED, receiver.receive(record(), meetsOthers));
    assertEquals(MORE_THAN_ALLOWED + 1, tries.get());
  }

  @ExpectsErrors("dead-letter topic")
  @Test
  void aStatementThatIsWrongIsTheHandlersFaultAndPutAside() {
    AtomicInteger tries = new AtomicInteger();
    EventHandler wrong =
        event -> {
          tries.incrementAndGet();
          database.update("INSERT INTO no_such_table VALUES (1)");
        };
    assertEquals(Reception.DEAD_LETTER, receiver.receive(record(), wrong));
    assertEquals(MORE_THAN_ALLOWED - 2, tries.get());
  }

  @Test
  void aServerWithoutRoomForAnotherConnectionIsAway() throws Exception {
    String role = "role_" + UUID.randomUUID().toString().replace('-', '_');
    execute("CREATE ROLE %s LOGIN PASSWORD 'secret' CONNECTION LIMIT 1".formatted(role));
    execute("GRANT CONNECT ON DATABASE %s TO %s".formatted(name(), role));
    try (Connection only = DriverManager.getConnection(url(), role, "secret")) {
      assertTrue(only.isValid(1));
      SQLException refused =
          assertThrows(
              SQLException.class, () -> DriverManager.getConnection(url(), role, "secret"));
      assertTrue(Outage.causes(refused), refused.getSQLState());
    }
  }

  @Test
  void locksStatementsAndIdleTransactionsHaveTheirLimits() {
    assertEquals("500ms", setting("lock_timeout"));
    assertEquals("45s", setting("statement_timeout"));
    assertEquals("2min", setting("idle_in_transaction_session_timeout"));
  }

  private String setting(String name) {
    return database.query("SHOW " + name, row -> row.getString(1)).get(0);
  }

  private static int ready() {
    return given().get("/q/health/ready").statusCode();
  }

  private static double gauge(String name) {
    return given()
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private String url() {
    return server.jdbcUrl(name());
  }

  private String name() {
    return database.query("SELECT current_database()", row -> row.getString(1)).get(0);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static ConsumerRecord<String, byte[]> record() {
    ProducerRecord<String, byte[]> sent =
        Events.record(
            Topics.TRAINING_COMMANDS,
            UUID.randomUUID().toString(),
            new RunCancelRequested("a run"));
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(Topics.TRAINING_COMMANDS, 0, 0, sent.key(), sent.value());
    sent.headers().forEach(record.headers()::add);
    return record;
  }
}
