package org.medtransformers.service.job;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.WorkOrder;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.trace.Tracing;

/**
 * The job table. All times are the database's, so instances need not agree on theirs. What a holder
 * writes names its attempt and changes nothing once the job was claimed again or has ended.
 */
@Singleton
final class JobStore {
  private static final String INSERT =
      """
      INSERT INTO job AS old (run_id, kind, payload, max_attempts, traceparent, experiment, priority,
        attempt, resumed_after)
      VALUES (?, ?, ?, ?, ?, coalesce(?, ''), ?, ?, ?)
      ON CONFLICT (run_id, kind) DO UPDATE SET state = 'QUEUED', payload = excluded.payload,
        max_attempts = excluded.max_attempts, traceparent = excluded.traceparent,
        priority = excluded.priority, attempt = greatest(old.attempt, excluded.attempt),
        resumed_after = excluded.resumed_after, spent = 0, deaths = 0, suspect = false,
        owner = NULL, lease_until = NULL, not_before = now(), waiting_for = NULL,
        cancel_requested = false, error_code = NULL, error_message = NULL, told = NULL,
        updated_at = now()
      WHERE old.resumed_after < excluded.resumed_after
      """;
  private static final String FIND = "SELECT * FROM job WHERE run_id = ? AND kind = ?";
  private static final String FIND_RESUMED = FIND + " AND resumed_after >= ?";
  private static final String REQUEST_CANCEL =
      "UPDATE job SET cancel_requested = true, updated_at = now()"
          + " WHERE run_id = ? AND kind = ? AND state IN ('QUEUED', 'RUNNING')";
  private static final String UNHELD =
      "(state = 'QUEUED' OR (state = 'RUNNING' AND lease_until < now()))";

  /** The same of one whose holder is known to be dead, so that it is charged to the right jobs. */
  private static final String LEFT =
      "(state = 'QUEUED' OR (state = 'RUNNING' AND lease_until < now() AND died = attempt))";

  // All that a process held lapses within the time between two renewals. Until then it is not known
  // who died together; a job that lapsed a whole lease ago was lost by a process that lives. Of
  // several that died together none is charged: the one that is at fault will do it again, alone.
  private static final String NOTE_DEATHS =
      """
      UPDATE job SET died = attempt, deaths = deaths + 1, suspect = suspect OR shared,
        spent = greatest(0, spent - CASE WHEN shared THEN 1 ELSE 0 END), updated_at = now()
      FROM (
        SELECT owner AS holder, max(lease_until) < now() AS dead,
          count(*) > 1 AND max(lease_until) < now() AS shared
        FROM job WHERE state = 'RUNNING' GROUP BY owner) AS holders
      WHERE state = 'RUNNING' AND lease_until < now() AND died < attempt
        AND owner IS NOT DISTINCT FROM holder
        AND (dead OR lease_until < now() - ? * interval '1 millisecond')
      """;

  // Whoever holds a job takes no suspect, none beside a suspect, and none that would make one wait.
  private static final String ALONE_IF_SUSPECT =
      """
      NOT EXISTS (
        SELECT 1 FROM job AS held
        WHERE held.owner = ? AND held.state = 'RUNNING' AND held.lease_until >= now()
          AND (held.suspect OR EXISTS (
            SELECT 1 FROM job AS waiting
            WHERE waiting.kind = job.kind AND waiting.suspect AND NOT waiting.cancel_requested
              AND waiting.spent < waiting.max_attempts
              AND (waiting.state = 'QUEUED'
                OR (waiting.state = 'RUNNING' AND waiting.lease_until < now())))))
      """;

  // Of a priority, the experiment that was served least recently: what one has waiting does not
  // hold up another.
  private static final String CLAIM =
      """
      UPDATE job SET state = 'RUNNING', owner = ?, attempt = attempt + 1, spent = spent + 1,
        lease_until = now() + ? * interval '1 millisecond', claimed_at = now(), updated_at = now()
      WHERE (run_id, kind) = (
        SELECT run_id, kind FROM job LEFT JOIN (
            SELECT experiment, max(claimed_at) AS last_turn FROM job
            WHERE kind = ? AND claimed_at IS NOT NULL GROUP BY experiment) turns USING (experiment)
        WHERE kind = ? AND NOT cancel_requested AND spent < max_attempts AND not_before <= now()
          AND run_id <> ALL (string_to_array(?, ',')) AND %s AND %s
        ORDER BY suspect DESC, priority DESC, last_turn NULLS FIRST, created_at
        LIMIT 1 FOR UPDATE OF job SKIP LOCKED)
      RETURNING *
      """
          .formatted(LEFT, ALONE_IF_SUSPECT);
  private static final String MINE =
      " WHERE run_id = ? AND kind = ? AND attempt = ? AND state = 'RUNNING'";
  private static final String RENEW =
      "UPDATE job SET lease_until = now() + ? * interval '1 millisecond',"
          // Whoever renews is not dead, even if it was taken for that.
          + " deaths = deaths - CASE WHEN died = attempt THEN 1 ELSE 0 END,"
          + " died = least(died, attempt - 1)"
          + MINE
          + " RETURNING *";
  // Shared: what one holder writes from two threads need not wait, whoever claims the job must.
  private static final String LOCK = "SELECT * FROM job" + MINE + " FOR SHARE";
  private static final String PROGRESSED =
      "UPDATE job SET spent = 1, deaths = 0, suspect = false, updated_at = now()" + MINE;
  private static final String REACHED = "UPDATE job SET reached = ?, updated_at = now()" + MINE;
  private static final String REQUEUE =
      "UPDATE job SET state = 'QUEUED', owner = NULL, lease_until = NULL, error_code = ?,"
          + " error_message = ?, not_before = now() + ? * interval '1 millisecond',"
          + " updated_at = now()"
          + MINE;
  private static final String RELEASE =
      "UPDATE job SET state = 'QUEUED', owner = NULL, lease_until = NULL,"
          + " spent = greatest(0, spent - 1),"
          + " not_before = now() + ? * interval '1 millisecond', updated_at = now()"
          + MINE;
  private static final String PARK =
      "UPDATE job SET state = 'QUEUED', owner = NULL, lease_until = NULL,"
          + " spent = greatest(0, spent - 1),"
          + " waiting_for = ?, not_before = now() + ? * interval '1 millisecond',"
          + " updated_at = now()"
          + MINE;
  private static final String NO_LONGER = "UPDATE job SET waiting_for = NULL, updated_at = now()";
  // A few at a time: each is told of. The condition stands twice, as one that another instance has
  // told of meanwhile, or claimed, is not to be told of again.
  private static final String FEW_UNHELD =
      """
       WHERE %1$s AND (run_id, kind) IN (
        SELECT run_id, kind FROM job WHERE kind = ? AND %1$s LIMIT ?)
      RETURNING *
      """;
  private static final String WAIT_FOR =
      "UPDATE job SET waiting_for = ?, updated_at = now()"
          + FEW_UNHELD.formatted("waiting_for IS NULL AND NOT cancel_requested AND " + UNHELD);
  private static final String UNHELD_WAIT_NO_LONGER =
      NO_LONGER
          + FEW_UNHELD.formatted(
              "waiting_for IS NOT NULL AND updated_at <= now() - ? * interval '1 millisecond'"
                  + " AND run_id <> ALL (string_to_array(?, ',')) AND "
                  + UNHELD);
  private static final String WAIT_NO_LONGER = NO_LONGER + MINE + " AND waiting_for IS NOT NULL";
  private static final String PARKED =
      "SELECT count(*) FROM job WHERE kind = ? AND waiting_for IS NOT NULL AND " + UNHELD;
  private static final String END =
      "UPDATE job SET state = ?, lease_until = NULL, error_code = ?, error_message = ?,"
          + " updated_at = now()"
          + MINE;
  private static final String END_UNHELD =
      """
      UPDATE job SET state = ?, lease_until = NULL, updated_at = now()
      WHERE (run_id, kind) = (
        SELECT run_id, kind FROM job WHERE kind = ? AND %s AND %s
        LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING *
      """;
  private static final String END_CANCELLED = END_UNHELD.formatted("cancel_requested", UNHELD);
  private static final String END_EXHAUSTED = END_UNHELD.formatted("spent >= max_attempts", LEFT);
  // A job waits from when it may be claimed: submitted or given back, the pause after a failure
  // over, or the lease of a dead holder lapsed.
  private static final String LOAD =
      """
      SELECT count(*) FILTER (WHERE %1$s),
             count(*) FILTER (WHERE NOT %1$s),
             greatest(0, extract(epoch FROM now() - min(coalesce(lease_until, not_before))
               FILTER (WHERE %1$s)))
      FROM job WHERE kind = ? AND state IN ('QUEUED', 'RUNNING')
      """
          .formatted(UNHELD);

  private static final String KEEP_TOLD = "UPDATE job SET told = ? WHERE run_id = ? AND kind = ?";
  private static final String TOLD = "SELECT told FROM job WHERE run_id = ? AND kind = ?";
  private static final String REOPEN =
      "UPDATE job SET state = 'QUEUED', owner = NULL, spent = 0, deaths = 0,"
          + " suspect = false, told = NULL, not_before = now(), updated_at = now()"
          + " WHERE run_id = ? AND kind = ? AND state NOT IN ('QUEUED', 'RUNNING')";

  /**
   * How much there is to do.
   *
   * @param waiting that nobody holds
   * @param running that somebody holds whose lease has not lapsed
   * @param oldestWaitingSeconds since when the one waits that has waited longest; 0 where none does
   */
  record Load(long waiting, long running, double oldestWaitingSeconds) {}

  private final Database database;

  JobStore(Database database) {
    this.database = database;
  }

  /** Adds a job, or begins one anew whose run was resumed; false where that was done already. */
  boolean insert(
      String runId,
      String kind,
      String payload,
      int maxAttempts,
      String traceparent,
      WorkOrder order) {
    return database.update(
            INSERT,
            runId,
            kind,
            payload,
            maxAttempts,
            traceparent,
            order.experimentId(),
            order.priority(),
            order.attempt(),
            order.resumedAfter())
        == 1;
  }

  Optional<Job> find(String runId, String kind) {
    return one(database.query(FIND, JobStore::job, runId, kind));
  }

  /** The same, unless it is of before the run was resumed. */
  Optional<Job> find(String runId, String kind, int resumedAfter) {
    return one(database.query(FIND_RESUMED, JobStore::job, runId, kind, resumedAfter));
  }

  boolean requestCancel(String runId, String kind) {
    return database.update(REQUEST_CANCEL, runId, kind) == 1;
  }

  /**
   * Finds out which holders have died: each such attempt counts once, and against none of several
   * jobs that one process left.
   */
  void noteDeaths(Duration lease) {
    database.update(NOTE_DEATHS, lease.toMillis());
  }

  /**
   * Takes the job whose turn it is, of those that are due and that nobody holds, those first whose
   * process has died with several; such a one only where {@code owner} holds nothing else. An owner
   * claims one at a time, so that each claim sees what was claimed before it.
   *
   * @param except runs whose job is left to others
   */
  Optional<Job> claim(String kind, String owner, Duration lease, Set<String> except) {
    noteDeaths(lease);
    return one(
        database.query(
            CLAIM, JobStore::job, owner, lease.toMillis(), kind, kind, list(except), owner));
  }

  /** As {@code string_to_array} reads it; runs' names have no comma. */
  private static String list(Set<String> runIds) {
    return String.join(",", runIds);
  }

  /** Prolongs the lease; empty if it is lost. */
  Optional<Job> renew(Job job, Duration lease) {
    return one(
        database.query(
            RENEW, JobStore::job, lease.toMillis(), job.runId(), job.kind(), job.attempt()));
  }

  /**
   * Makes sure, until the transaction ends, that {@code job} is still its holder's.
   *
   * @throws LeaseLostException if it is not
   */
  void requireHeld(Job job) {
    if (database.query(LOCK, JobStore::job, job.runId(), job.kind(), job.attempt()).isEmpty()) {
      throw new LeaseLostException(job);
    }
  }

  void progressed(Job job) {
    held(job, database.update(PROGRESSED, job.runId(), job.kind(), job.attempt()));
  }

  void reached(Job job, String where) {
    held(job, database.update(REACHED, where, job.runId(), job.kind(), job.attempt()));
  }

  /** Lets the job be tried again after {@code delay}. */
  void requeue(Job job, ErrorInfo error, Duration delay) {
    held(
        job,
        database.update(
            REQUEUE,
            error.code().name(),
            error.message(),
            delay.toMillis(),
            job.runId(),
            job.kind(),
            job.attempt()));
  }

  /** Gives the job back, for after {@code delay}; the attempt does not count against the budget. */
  void release(Job job, Duration delay) {
    held(job, database.update(RELEASE, delay.toMillis(), job.runId(), job.kind(), job.attempt()));
  }

  /** Gives the job back likewise, to wait for {@code reason} and no less than {@code pause}. */
  void park(Job job, String reason, Duration pause) {
    held(
        job,
        database.update(PARK, reason, pause.toMillis(), job.runId(), job.kind(), job.attempt()));
  }

  /**
   * Jobs that nobody holds wait, from now on, for {@code reason}; {@code limit} of them at most.
   * Who has it may claim them all the same.
   */
  List<Job> waitFor(String kind, String reason, int limit) {
    return database.query(WAIT_FOR, JobStore::job, reason, kind, limit);
  }

  /**
   * As many of them, that have waited for {@code pause} at least, wait for nothing but their turn
   * any more.
   *
   * @param except runs whose job waits all the same
   */
  List<Job> waitNoLonger(String kind, Duration pause, Set<String> except, int limit) {
    // The condition and its parameters stand twice.
    return database.query(
        UNHELD_WAIT_NO_LONGER,
        JobStore::job,
        pause.toMillis(),
        list(except),
        kind,
        pause.toMillis(),
        list(except),
        limit);
  }

  /** The same of a job that is held; whether it had waited. */
  boolean waitNoLonger(Job job) {
    return database.update(WAIT_NO_LONGER, job.runId(), job.kind(), job.attempt()) == 1;
  }

  /** How many wait for more than their turn. */
  long parked(String kind) {
    return database.query(PARKED, row -> row.getLong(1), kind).get(0);
  }

  void end(Job job, JobState state, ErrorInfo error) {
    held(
        job,
        database.update(
            END,
            state.name(),
            error == null ? null : error.code().name(),
            error == null ? null : error.message(),
            job.runId(),
            job.kind(),
            job.attempt()));
  }

  /** Ends one job that was cancelled and that nobody holds. */
  Optional<Job> endCancelled(String kind) {
    return one(database.query(END_CANCELLED, JobStore::job, JobState.CANCELLED.name(), kind));
  }

  /** Ends one job whose budget of attempts is used up and that nobody holds. */
  Optional<Job> endExhausted(String kind) {
    return one(database.query(END_EXHAUSTED, JobStore::job, JobState.FAILED.name(), kind));
  }

  /** Keeps what was told of the end of {@code job}; see {@link Told}. */
  void keepTold(Job job, String events) {
    database.update(KEEP_TOLD, events, job.runId(), job.kind());
  }

  /** What was kept of it; empty where nothing was. */
  Optional<String> told(Job job) {
    return database.query(TOLD, row -> row.getString(1), job.runId(), job.kind()).stream()
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** Lets a job that has ended be done again, or be told to be cancelled where that was asked. */
  void reopen(Job job) {
    database.update(REOPEN, job.runId(), job.kind());
  }

  Load load(String kind) {
    return database
        .query(LOAD, row -> new Load(row.getLong(1), row.getLong(2), row.getDouble(3)), kind)
        .get(0);
  }

  private static void held(Job job, int rows) {
    if (rows == 0) {
      throw new LeaseLostException(job);
    }
  }

  private static Optional<Job> one(List<Job> jobs) {
    return jobs.stream().findFirst();
  }

  private static Job job(ResultSet row) throws SQLException {
    String code = row.getString("error_code");
    return new Job(
        row.getString("run_id"),
        row.getString("kind"),
        row.getString("payload"),
        JobState.valueOf(row.getString("state")),
        row.getString("owner"),
        row.getInt("attempt"),
        row.getInt("spent"),
        row.getInt("max_attempts"),
        row.getInt("deaths"),
        row.getString("reached"),
        row.getBoolean("cancel_requested"),
        code == null ? null : error(code, row.getString("error_message")),
        row.getString(Tracing.TRACEPARENT));
  }

  private static ErrorInfo error(String code, String message) {
    return new ErrorInfo(ErrorCode.of(code), message);
  }
}
