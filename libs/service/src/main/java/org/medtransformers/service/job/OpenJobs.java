package org.medtransformers.service.job;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Supplier;
import org.medtransformers.contracts.work.OpenJob;
import org.medtransformers.contracts.work.WorkerView;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;

/** Shows the work that has not ended, whichever process does it. */
@Singleton
public final class OpenJobs {
  /** As many are shown; how many there are is counted. */
  private static final int MOST = 200;

  // The turns are those that JobStore.claim would give one after the other: of a priority every
  // experiment has one job, the one that was served least recently first, before any has a second.
  private static final String OPEN =
      """
      WITH open AS (
        SELECT *, state = 'RUNNING' AND lease_until >= now() AS held FROM job
        WHERE kind = ? AND state IN ('QUEUED', 'RUNNING')),
      turns AS (
        SELECT experiment, max(claimed_at) AS last_turn FROM job
        WHERE kind = ? AND claimed_at IS NOT NULL GROUP BY experiment),
      rounds AS (
        SELECT run_id, row_number() OVER (
          PARTITION BY suspect, priority, experiment ORDER BY created_at, run_id) AS round
        FROM open WHERE NOT held),
      ranked AS (
        SELECT run_id, row_number() OVER (
          ORDER BY suspect DESC, priority DESC, round, last_turn NULLS FIRST, created_at, run_id)
          AS turn
        FROM open JOIN rounds USING (run_id) LEFT JOIN turns USING (experiment))
      SELECT run_id, experiment, priority, turn::integer, attempt, waiting_for, reached, cancel_requested,
        suspect,
        CASE WHEN held THEN owner END AS holder,
        CASE WHEN held THEN claimed_at
          ELSE coalesce(CASE WHEN state = 'RUNNING' THEN lease_until END, not_before) END AS since,
        CASE WHEN held THEN lease_until - ? * interval '1 millisecond' END AS heard
      FROM open LEFT JOIN ranked USING (run_id)
      ORDER BY turn NULLS FIRST, since, run_id
      LIMIT ?
      """;

  private final JobStore store;
  private final Database database;
  private final long leaseMillis;

  OpenJobs(JobStore store, Database database, MedtransConfig config) {
    this.store = store;
    this.database = database;
    this.leaseMillis = config.jobs().lease().toMillis();
  }

  /**
   * What there is to do of one kind.
   *
   * @param devices see {@link WorkerView#devices}
   */
  public WorkerView of(String kind, Supplier<List<String>> devices) {
    JobStore.Load load = store.load(kind);
    return new WorkerView(
        kind,
        load.waiting(),
        load.running(),
        database.query(OPEN, OpenJobs::job, kind, kind, leaseMillis, MOST),
        HostName.get(),
        devices.get());
  }

  private static OpenJob job(ResultSet row) throws SQLException {
    return new OpenJob(
        row.getString("run_id"),
        row.getString("experiment"),
        row.getInt("priority"),
        row.getObject("turn", Integer.class),
        row.getString("holder"),
        row.getInt("attempt"),
        instant(row, "since"),
        instant(row, "heard"),
        row.getString("waiting_for"),
        row.getString("reached"),
        row.getBoolean("cancel_requested"),
        row.getBoolean("suspect"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
