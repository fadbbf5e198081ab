package org.medtransformers.gateway.retention;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.Cleanup;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.service.database.Database;

/**
 * The history of runs that ended long ago: of the curve of the loss so many points stay, at equal
 * distances and with its last, and how far preparing was is forgotten. Validations, and all that a
 * comparison is made of, stay as they are.
 */
@Singleton
final class OldProgress {
  static final String KIND = "progress";
  static final int POINTS = 200;

  private static final String DUE =
      """
      SELECT id FROM run
      WHERE (thinned_at IS NULL OR thinned_at < ended_at)
        AND ended_at + ? * interval '1 second' <= now()
      ORDER BY ended_at
      """;
  private static final String SPENT =
      """
      SELECT id FROM (
        SELECT id, row_number() OVER (ORDER BY id) - 1 AS n, count(*) OVER () AS total
        FROM run_event WHERE run_id = ? AND type = '%s') point
      WHERE n < total - 1 AND n %% ((total + %d) / %d) <> 0
      UNION ALL
      SELECT id FROM run_event WHERE run_id = ? AND type = '%s'
      """
          .formatted(
              name(TrainingEvent.Progress.class),
              POINTS - 1,
              POINTS,
              name(DatasetEvent.PrepareProgress.class));
  private static final String COUNT = "SELECT count(*) FROM (" + SPENT + ") spent";
  private static final String DELETE = "DELETE FROM run_event WHERE id IN (" + SPENT + ")";
  private static final String THINNED = "UPDATE run SET thinned_at = now() WHERE id = ?";

  private final Database database;
  private final long after;

  OldProgress(Database database, GatewayConfig config) {
    this.database = database;
    this.after = config.retention().curves().toSeconds();
  }

  private static String name(Class<? extends Event> event) {
    return EventTypes.of(event).name();
  }

  /** Removes what is due, or only looks how much that is. */
  Cleanup.Item clean(Round round) {
    long rows = 0;
    List<UUID> due = database.query(DUE, row -> row.getObject(1, UUID.class), after);
    for (UUID run : due) {
      rows +=
          round.attempt(
              "curve of run " + run,
              0L,
              () ->
                  round.dryRun()
                      ? database.query(COUNT, row -> row.getLong(1), run, run).get(0)
                      : database.inTransaction(() -> thin(run)));
    }
    return new Cleanup.Item(KIND, rows, null);
  }

  private long thin(UUID run) {
    database.update(THINNED, run);
    return database.update(DELETE, run, run);
  }
}
