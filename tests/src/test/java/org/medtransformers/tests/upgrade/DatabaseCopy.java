package org.medtransformers.tests.upgrade;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.files.Disk;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * A service's database as text: {@code schema.sql}, which is the migrations that made it, one after
 * the other, and for each table its rows as {@code COPY} writes them, below the names of its
 * columns.
 */
record DatabaseCopy(Path folder) {
  private static final String SCHEMA = "schema.sql";
  private static final String ROWS = ".copy";
  private static final String HISTORY = "flyway_schema_history";

  /** Column of the history. */
  private static final int SCRIPT = 4;

  /** As Flyway makes it. */
  private static final String CREATE_HISTORY =
      """
      CREATE TABLE flyway_schema_history (
        installed_rank integer       NOT NULL PRIMARY KEY,
        version        varchar(50),
        description    varchar(200)  NOT NULL,
        type           varchar(20)   NOT NULL,
        script         varchar(1000) NOT NULL,
        checksum       integer,
        installed_by   varchar(100)  NOT NULL,
        installed_on   timestamp     NOT NULL DEFAULT now(),
        execution_time integer       NOT NULL,
        success        boolean       NOT NULL
      );
      """;

  /** Writes what {@code connection}'s database {@code name} holds. */
  void write(String name, Connection connection) throws SQLException, IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(SCHEMA), Migrations.text(Migrations.of(name)));
    for (String table :
        query(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
      String columns =
          String.join(
              ", ",
              query(
                  connection,
                  "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
                      + " AND table_name = '%s' ORDER BY ordinal_position".formatted(table)));
      try (Writer rows = Files.newBufferedWriter(folder.resolve(table + ROWS))) {
        copies(connection)
            .copyOut(
                "COPY (SELECT %s FROM %s ORDER BY 1, 2) TO STDOUT WITH (HEADER)"
                    .formatted(columns, table),
                rows);
      }
    }
  }

  /** The text of the migrations that made it. */
  String schema() throws IOException {
    return Files.readString(folder.resolve(SCHEMA));
  }

  /** File names of the migrations that Flyway says have made it, in their order. */
  List<String> scripts() throws IOException {
    return Files.readAllLines(folder.resolve(HISTORY + ROWS)).stream()
        .skip(1)
        .map(row -> row.split("\t", -1)[SCRIPT])
        .map(script -> script.substring(script.lastIndexOf('/') + 1))
        .toList();
  }

  /** Makes the database as it was, ready to be migrated, in an empty one. */
  void restore(Connection connection) throws SQLException, IOException {
    execute(connection, schema());
    execute(connection, CREATE_HISTORY);
    insert(connection);
    fill(connection, folder.resolve(HISTORY + ROWS));
  }

  /** Writes the rows, naming the columns that they had, into tables that are there. */
  void insert(Connection connection) throws SQLException, IOException {
    // In any order, whatever refers to what.
    execute(connection, "SET session_replication_role = replica");
    for (Path rows : Disk.startingWith("", folder)) {
      String name = rows.getFileName().toString();
      if (name.endsWith(ROWS) && !name.startsWith(HISTORY)) {
        fill(connection, rows);
      }
    }
    execute(connection, "SET session_replication_role = DEFAULT");
    for (String next : query(connection, SEQUENCES)) {
      execute(connection, next);
    }
  }

  /**
   * For each column that counts by itself, the statement that has it go on after its last value.
   */
  private static final String SEQUENCES =
      """
      SELECT format('SELECT setval(%L, (SELECT coalesce(max(%I), 0) + 1 FROM %I), false)',
                    pg_get_serial_sequence(table_name, column_name), column_name, table_name)
      FROM information_schema.columns WHERE table_schema = 'public' AND is_identity = 'YES'
      """;

  private static void fill(Connection connection, Path rows) throws SQLException, IOException {
    String table = rows.getFileName().toString().replace(ROWS, "");
    try (BufferedReader header = Files.newBufferedReader(rows);
        Reader all = Files.newBufferedReader(rows)) {
      String columns = header.readLine().replace("\t", ", ");
      copies(connection)
          .copyIn("COPY %s (%s) FROM STDIN WITH (HEADER)".formatted(table, columns), all);
    }
  }

  private static CopyManager copies(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
