package org.medtransformers.gateway.retention;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.medtransformers.contracts.result.Cleanup;
import org.medtransformers.files.Disk;
import org.medtransformers.files.SpentCheckpoints;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;

/**
 * Checkpoints of runs that have ended, once their retention is over: all but the weights of the
 * best models goes. While another that has not ended goes on with a run, or begins with or tests a
 * model of it, which may be any that is named by its path, the run keeps all. A later phase begins
 * with the weights that stay anyway.
 *
 * <p>Each run's files go in one transaction that holds its row, as who is about to need them does
 * ({@link #keepSession}); it may be broken off anywhere, and is then done again.
 */
@Singleton
public final class EndedRuns {
  static final String KIND = "checkpoints";

  private static final String DUE =
      """
      SELECT r.id, r.checkpoint FROM run r
      WHERE (r.trimmed_at IS NULL OR r.trimmed_at < r.ended_at)
        AND r.ended_at + coalesce(r.retention, CASE r.state WHEN 'SUCCEEDED' THEN ? ELSE ? END)
          * interval '1 second' <= now()
        AND NOT EXISTS (
          SELECT 1 FROM run u
          WHERE u.source_run_id = r.id AND u.ended_at IS NULL AND u.phase = 1)
      """;
  private static final String ALL_DUE = DUE + " ORDER BY r.ended_at";
  private static final String STILL_DUE = DUE + " AND r.id = ?";
  private static final String LOCK = "SELECT id FROM run WHERE id = ? FOR UPDATE SKIP LOCKED";
  private static final String TRIMMED = "UPDATE run SET trimmed_at = now() WHERE id = ?";
  private static final String KEEP =
      "SELECT trimmed_at IS NULL OR trimmed_at < ended_at FROM run WHERE id = ? FOR SHARE";

  /**
   * @param checkpoint folder of its model, relative to the artifact root; null where it has none
   */
  private record Run(UUID id, String checkpoint) {}

  private final Database database;
  private final Artifacts artifacts;
  private final long succeeded;
  private final long failed;

  EndedRuns(Database database, Artifacts artifacts, GatewayConfig config) {
    this.database = database;
    this.artifacts = artifacts;
    this.succeeded = config.retention().succeeded().toSeconds();
    this.failed = config.retention().failed().toSeconds();
  }

  /**
   * Whether the last checkpoint of the run {@code id}, which has ended, is still there. If so it
   * stays until the caller's transaction ends, and for as long as a run that goes on with it.
   */
  public boolean keepSession(UUID id) {
    return database.query(KEEP, row -> row.getBoolean(1), id).get(0);
  }

  /** Removes what is due, or only looks how much that is. */
  Cleanup.Item clean(Round round) {
    long runs = 0;
    long bytes = 0;
    for (Run run : database.query(ALL_DUE, EndedRuns::run, succeeded, failed)) {
      long freed =
          round.attempt(
              "checkpoints of run " + run.id(),
              0L,
              () ->
                  round.dryRun()
                      ? spent(run).bytes()
                      : database.inTransaction(() -> remove(run.id())));
      runs += freed > 0 ? 1 : 0;
      bytes += freed;
    }
    return new Cleanup.Item(KIND, runs, bytes);
  }

  private static Run run(ResultSet row) throws SQLException {
    return new Run(row.getObject("id", UUID.class), row.getString("checkpoint"));
  }

  private long remove(UUID id) throws IOException {
    if (database.query(LOCK, row -> "", id).isEmpty()) {
      return 0;
    }
    // Looked at anew: who needed it may have come before the row was ours.
    Optional<Run> due =
        database.query(STILL_DUE, EndedRuns::run, succeeded, failed, id).stream().findFirst();
    if (due.isEmpty()) {
      return 0;
    }
    SpentCheckpoints spent = spent(due.get());
    spent.remove(new Disk());
    database.update(TRIMMED, id);
    return spent.bytes();
  }

  private SpentCheckpoints spent(Run run) throws IOException {
    Path checkpoints = artifacts.run(run.id().toString()).resolve("checkpoints");
    Path model = run.checkpoint() == null ? null : artifacts.root().resolve(run.checkpoint());
    // That of a run that only tests lies in the folder of another.
    boolean own = model != null && checkpoints.equals(model.getParent());
    return SpentCheckpoints.of(checkpoints, own ? model.getFileName().toString() : null);
  }
}
