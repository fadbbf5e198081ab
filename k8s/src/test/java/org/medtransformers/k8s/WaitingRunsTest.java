package org.medtransformers.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.localstack.LocalDatabase;

/** What KEDA counts, on the services' own job table. */
class WaitingRunsTest {
  private static final Path TABLE =
      Path.of("../libs/service/src/main/resources/db/jobs/V2__job.sql");
  private static LocalDatabase database;
  private static String query;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException, SQLException {
    query =
        Overlay.GPU
            .manifests()
            .find("ScaledJob", "trainer")
            .orElseThrow()
            .at("/spec/triggers/0/metadata/query")
            .asText();
    try (ServerSocket free = new ServerSocket(0)) {
      database = LocalDatabase.forTests(directory, free.getLocalPort());
    }
    database.start();
    database.createDatabase("trainer");
    execute(Files.readString(TABLE));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    execute("DELETE FROM job");
  }

  @ParameterizedTest
  @CsvSource({
    "waiting,                1, 'train', 'QUEUED',    NULL,                       0, false, now()",
    "for a pause,            0, 'train', 'QUEUED',    NULL,                       1, false, now() + interval '1 h'",
    "given up,               0, 'train', 'QUEUED',    NULL,                       5, false, now()",
    "cancelled,              0, 'train', 'QUEUED',    NULL,                       0, true,  now()",
    "being trained,          0, 'train', 'RUNNING',   now() + interval '9 s',     1, false, now()",
    "left by a dead trainer, 1, 'train', 'RUNNING',   now() - interval '1 s',     1, false, now()",
    "done,                   0, 'train', 'DONE',      NULL,                       1, false, now()",
    "of another kind,        0, 'other', 'QUEUED',    NULL,                       0, false, now()",
  })
  void aJobCountsIfATrainerWouldTakeIt(
      String run,
      int counted,
      String kind,
      String state,
      String lease,
      int spent,
      boolean cancelled,
      String due)
      throws SQLException {
    insert(run, kind, state, lease, spent, cancelled, due);
    assertEquals(counted, count());
  }

  @Test
  void everyWaitingRunIsCounted() throws SQLException {
    insert(3, "QUEUED", "NULL");
    assertEquals(3, count());
  }

  @Test
  void thereAreNeverMoreThanSixteenTrainers() throws SQLException {
    insert(20, "QUEUED", "NULL");
    assertEquals(16, count());
    insert(15, "RUNNING", "now() + interval '9 s'");
    assertEquals(1, count());
    insert(2, "RUNNING", "now() + interval '9 s'");
    assertEquals(0, count());
  }

  private static void insert(int times, String state, String lease) throws SQLException {
    for (int i = 0; i < times; i++) {
      insert(UUID.randomUUID().toString(), "train", state, lease, 1, false, "now()");
    }
  }

  private static void insert(
      String run, String kind, String state, String lease, int spent, boolean cancelled, String due)
      throws SQLException {
    execute(
        """
        INSERT INTO job (run_id, kind, payload, max_attempts, state, lease_until, spent,
          cancel_requested, not_before)
        VALUES ('%s', '%s', '', 5, '%s', %s, %d, %s, %s)
        """
            .formatted(run, kind, state, lease, spent, cancelled, due));
  }

  private static int count() throws SQLException {
    try (Connection connection = database.connect("trainer");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.connect("trainer");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
