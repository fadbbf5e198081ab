package org.medtransformers.tests.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.localstack.FreePorts;
import org.medtransformers.localstack.LocalDatabase;

/**
 * A migration expands: while services are replaced, and for as long as a training of before is at
 * work, the version before goes on reading and writing the tables that the newest has migrated.
 * What nobody uses any more is taken away by a later release, and is listed here with the reason.
 */
class MigrationsTest {
  /** What a service of before may stumble over, or lose. */
  private static final Pattern CONTRACTS =
      Pattern.compile(
          "\\b(DROP|RENAME|TRUNCATE|DELETE|SET NOT NULL|ADD (CONSTRAINT|CHECK|UNIQUE|PRIMARY"
              + "|FOREIGN)|ALTER (COLUMN )?\\w+ (SET DATA )?TYPE)\\b|\\bADD COLUMN\\b(?![^,;]*\\bDEFAULT\\b)[^,;]*\\b(NOT NULL|UNIQUE|PRIMARY)\\b");

  private static final Pattern TRIGGER =
      Pattern.compile("CREATE TRIGGER \\w+ BEFORE [A-Z ]+ ON (\\w+) FOR EACH .*");

  /** Names of the scripts that take something away, and since when nobody uses it. */
  private static final Map<String, String> CONTRACTING = Map.of();

  @TempDir private static Path directory;
  private static LocalDatabase server;

  @BeforeAll
  static void start() {
    server = LocalDatabase.forTests(directory.resolve("postgres"), FreePorts.next()).start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  static Stream<Arguments> databases() {
    return Fixtures.all().stream()
        .flatMap(r -> Migrations.SERVICES.keySet().stream().map(name -> Arguments.of(r, name)));
  }

  /** Statements of a service of before name the columns that it knew. */
  @ParameterizedTest
  @MethodSource("databases")
  void theNewestTablesTakeTheRowsOfAnOlderService(Fixtures release, String database)
      throws SQLException, IOException {
    String name = "older_" + database;
    server.createDatabase(name);
    try (Connection connection = server.connect(name)) {
      Migrations.run(database, connection);
      release.database(database).insert(connection);
    }
  }

  /** Flyway refuses a database whose migrations are not those that made it. */
  @ParameterizedTest
  @MethodSource("databases")
  void whatHasBeenReleasedIsNeverChanged(Fixtures release, String database) throws IOException {
    DatabaseCopy copy = release.database(database);
    List<String> scripts = copy.scripts();
    List<Path> released =
        Migrations.of(database).stream()
            .filter(script -> scripts.contains(script.getFileName().toString()))
            .toList();
    assertEquals(scripts, released.stream().map(s -> s.getFileName().toString()).toList());
    assertEquals(copy.schema(), Migrations.text(released));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aMigrationOnlyAdds(Fixtures release, String database) throws IOException {
    List<String> released = release.database(database).scripts();
    for (Path script : Migrations.of(database)) {
      String name = script.getFileName().toString();
      if (!released.contains(name) && !CONTRACTING.containsKey(name)) {
        assertEquals(List.of(), contracting(Migrations.text(List.of(script))), name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE job DROP COLUMN owner;",
        "ALTER TABLE job RENAME COLUMN owner TO holder;",
        "ALTER TABLE job ALTER COLUMN owner SET NOT NULL;",
        "ALTER TABLE job ALTER COLUMN attempt TYPE bigint;",
        "ALTER TABLE job ADD COLUMN room text NOT NULL;",
        "ALTER TABLE job ADD COLUMN a text, ADD COLUMN b text NOT NULL, ADD COLUMN c integer NOT NULL DEFAULT 0;",
        "alter table job add constraint one unique (owner);",
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON job FOR EACH STATEMENT EXECUTE FUNCTION f();"
      })
  void whatTakesAwayIsSeen(String sql) {
    assertEquals(1, contracting(sql).size(), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE job ADD COLUMN traceparent text; -- NOT NULL would be wrong, and so DROP",
        "ALTER TABLE run ADD COLUMN phase integer NOT NULL DEFAULT 1;",
        "CREATE TABLE more (id text PRIMARY KEY, at timestamptz NOT NULL);",
        "CREATE INDEX more_at ON more (at);",
        "CREATE TABLE more (id text); CREATE TRIGGER stays BEFORE DELETE ON more FOR EACH ROW EXECUTE FUNCTION f();"
      })
  void whatAddsIsNot(String sql) {
    assertEquals(List.of(), contracting(sql));
  }

  @Test
  void nothingIsListedThatIsNotThere() {
    List<String> names =
        Migrations.SERVICES.keySet().stream()
            .flatMap(database -> Migrations.of(database).stream())
            .map(script -> script.getFileName().toString())
            .toList();
    assertTrue(names.containsAll(CONTRACTING.keySet()), CONTRACTING::toString);
  }

  /** Statements about tables that are there which an older service may not survive. */
  private static List<String> contracting(String sql) {
    String code = sql.replaceAll("--[^\n]*", "").toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
    return Stream.of(code.split(";"))
        .filter(statement -> !statement.strip().startsWith("CREATE TABLE"))
        .filter(statement -> !guardsANewTable(statement, code))
        .filter(statement -> CONTRACTS.matcher(statement).find())
        .toList();
  }

  /** A trigger names what it keeps from a table, which no older service knows. */
  private static boolean guardsANewTable(String statement, String code) {
    Matcher trigger = TRIGGER.matcher(statement.strip());
    return trigger.matches() && code.contains("CREATE TABLE %s ".formatted(trigger.group(1)));
  }
}
