package org.medtransformers.localstack;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.localstack.testing.ExpectsErrors;

class LocalDatabaseTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int port = FreePorts.next();

  @TempDir Path directory;

  @ExpectsErrors("Could not stop postmaster")
  @Test
  void dataSurviveKillOfTheServerAndOfItsStarter() throws Exception {
    Process starter = DatabaseStarter.launch(directory, port);
    LocalDatabase orphan = LocalDatabase.forTests(directory, port);
    await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("initialised")));
    orphan.createDatabase("gateway");
    orphan.createDatabase("gateway");
    execute(orphan, "CREATE TABLE kept (x int)");
    starter.destroyForcibly().waitFor();
    assertTrue(orphan.process().isPresent());

    try (LocalDatabase second = LocalDatabase.forTests(directory, port).start()) {
      execute(second, "INSERT INTO kept VALUES (1)");
      execute(second, "CHECKPOINT");
      ProcessHandle server = second.process().orElseThrow();
      server.destroyForcibly();
      assertTrue(Processes.awaitExit(server, PATIENCE));
      assertTrue(second.process().isEmpty());
    }
    try (LocalDatabase third = LocalDatabase.forTests(directory, port).start()) {
      execute(third, "SELECT 1 / count(*) FROM kept");
    }
    assertTrue(FreePorts.isFree(port));
  }

  @Test
  void pidFileThatNamesAnotherProgramIsNoObstacle() throws Exception {
    LocalDatabase.forTests(directory, port).start().stop();
    Files.writeString(
        directory.resolve("data/postmaster.pid"),
        ProcessHandle.current().pid() + "\n" + directory.resolve("data") + "\n0\n1\n\n\n");
    LocalDatabase.forTests(directory, port).start().stop();
  }

  @Test
  void clusterWhoseMakingWasInterruptedIsMadeAgain() throws Exception {
    Files.createDirectories(directory.resolve("data"));
    Files.writeString(directory.resolve("data/postgresql.conf"), "half written");
    try (LocalDatabase database = LocalDatabase.forTests(directory, port).start()) {
      database.createDatabase("gateway");
    }
  }

  @Test
  void onlyThePasswordOpensIt() throws Exception {
    try (LocalDatabase database = LocalDatabase.forTests(directory, port).start()) {
      SQLException refused =
          assertThrows(
              SQLException.class,
              () ->
                  DriverManager.getConnection(
                      database.jdbcUrl("postgres"), LocalDatabase.USER, "guess"));
      assertEquals("28P01", refused.getSQLState());
      assertFalse(
          Files.getPosixFilePermissions(directory.resolve("password")).stream()
              .anyMatch(p -> p.name().startsWith("OTHERS") || p.name().startsWith("GROUP")));
    }
  }

  private static void execute(LocalDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect("gateway");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void anOwnerOpensTheirDatabaseAndNoOther() throws Exception {
    try (LocalDatabase database = LocalDatabase.forTests(directory, port).start()) {
      LocalDatabase.Owner gateway = database.createDatabase("gateway");
      database.createDatabase("trainer");
      executeAs(gateway, database.jdbcUrl("gateway"), "CREATE TABLE own (x int)");
      SQLException refused =
          assertThrows(
              SQLException.class,
              () -> executeAs(gateway, database.jdbcUrl("trainer"), "SELECT 1"));
      assertEquals("42501", refused.getSQLState());
      assertThrows(
          SQLException.class,
          () -> executeAs(gateway, database.jdbcUrl("gateway"), "CREATE DATABASE more"));
    }
  }

  /** By what the server itself says of its rules and roles. */
  @Test
  void everybodyComesByAPasswordAndAnOwnerMayNothingBeyondTheirDatabase() throws Exception {
    try (LocalDatabase database = LocalDatabase.forTests(directory, port).start()) {
      database.createDatabase("gateway");
      assertEquals(
          "{scram-sha-256}",
          asked(database, "SELECT array_agg(DISTINCT auth_method) FROM pg_hba_file_rules"));
      assertEquals(
          "f",
          asked(
              database,
              """
              SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls
              FROM pg_roles WHERE rolname = 'gateway'"""));
      assertEquals(
          "{postgres,gateway}",
          asked(
              database,
              """
              SELECT array_agg(rolname ORDER BY oid) FROM pg_authid
              WHERE rolcanlogin AND rolpassword LIKE 'SCRAM-SHA-256$%'"""));
      assertEquals(
          "0",
          asked(
              database,
              "SELECT count(*) FROM pg_auth_members WHERE member::regrole = 'gateway'::regrole"));
    }
  }

  private static String asked(LocalDatabase database, String query) throws SQLException {
    try (Connection connection = database.connect("gateway");
        var statement = connection.createStatement();
        var answer = statement.executeQuery(query)) {
      answer.next();
      return answer.getString(1);
    }
  }

  @Test
  void tablesOfAnEarlierVersionAreHandedToTheOwner() throws Exception {
    try (LocalDatabase database = LocalDatabase.forTests(directory, port).start()) {
      try (Connection connection = database.connect(LocalDatabase.USER);
          var statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE gateway");
      }
      execute(database, "CREATE TABLE old (id bigint GENERATED ALWAYS AS IDENTITY, x int UNIQUE)");
      LocalDatabase.Owner owner = database.createDatabase("gateway");
      executeAs(owner, database.jdbcUrl("gateway"), "INSERT INTO old (x) VALUES (1)");
      executeAs(owner, database.jdbcUrl("gateway"), "ALTER TABLE old ADD COLUMN y int");
    }
  }

  private static void executeAs(LocalDatabase.Owner owner, String url, String sql)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, owner.user(), owner.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
