package org.medtransformers.gateway.entity;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.service.database.Database;

/** Finds runs without their files, which are long. */
@Singleton
public final class RunReferences {
  /** Of those that use one thing, as many of the newest are told. */
  public static final int MOST = 100;

  private static final String SELECT =
      """
      SELECT run.id, run.experiment_id, experiment.name, run.model_name, run.dataset, run.backbone,
        run.initialisation, run.repetition, run.state, run.device, run.created_at, run.ended_at
      FROM run JOIN experiment ON experiment.id = run.experiment_id
      """;
  private static final String NEWEST = " ORDER BY run.created_at DESC, run.position LIMIT " + MOST;

  // As the index of V190 has it.
  private static final String PREPARED_ID = "(run.prepared::jsonb ->> 'id')";

  private final Database database;

  RunReferences(Database database) {
    this.database = database;
  }

  /** Those of {@code ids}, which need not be ids, that {@code scope} has. */
  public List<RunReference> of(Collection<String> ids, Scope scope) {
    String[] known =
        ids.stream()
            .flatMap(id -> Ids.parse(id).stream())
            .map(UUID::toString)
            .toArray(String[]::new);
    return known.length == 0
        ? List.of()
        : seen("run.id = ANY (?::uuid[])", "", scope, List.of((Object) known));
  }

  /** The newest of those that a prepared data set was for. */
  public List<RunReference> ofDataset(String preparedId, Scope scope) {
    return seen(PREPARED_ID + " = ?", NEWEST, scope, List.of(preparedId));
  }

  /** How many runs each of these prepared data sets was for; those without are left out. */
  public Map<String, Long> countsOfDatasets(Collection<String> preparedIds, Scope scope) {
    Map<String, Long> counts = new HashMap<>();
    List<Object> arguments = new ArrayList<>();
    arguments.add(preparedIds.toArray(String[]::new));
    arguments.addAll(scope.arguments());
    database.query(
        "SELECT %1$s, count(*) FROM run JOIN experiment ON experiment.id = run.experiment_id WHERE %1$s = ANY (?) AND %2$s GROUP BY 1"
            .formatted(PREPARED_ID, scope.sql("experiment")),
        row -> counts.put(row.getString(1), row.getLong(2)),
        arguments.toArray());
    return counts;
  }

  /** The prepared data sets that runs were for. */
  public Set<String> datasets(Scope scope) {
    return Set.copyOf(
        database.query(
            "SELECT DISTINCT %1$s FROM run JOIN experiment ON experiment.id = run.experiment_id WHERE %1$s IS NOT NULL AND %2$s"
                .formatted(PREPARED_ID, scope.sql("experiment")),
            row -> row.getString(1),
            scope.arguments().toArray()));
  }

  /** The newest of those that began with the model of {@code source}, or tested it. */
  public List<RunReference> using(UUID source, boolean tested, Scope scope) {
    return seen(
        "run.source_run_id = ? AND run.tested_model IS " + (tested ? "NOT NULL" : "NULL"),
        NEWEST,
        scope,
        List.of(source));
  }

  private List<RunReference> seen(
      String condition, String order, Scope scope, List<Object> arguments) {
    List<Object> all = new ArrayList<>(arguments);
    all.addAll(scope.arguments());
    return database.query(
        "%s WHERE %s AND %s%s".formatted(SELECT, condition, scope.sql("experiment"), order),
        RunReferences::reference,
        all.toArray());
  }

  private static RunReference reference(ResultSet row) throws SQLException {
    return new RunReference(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getInt(8),
        RunState.valueOf(row.getString(9)),
        row.getString(10),
        instant(row, 11),
        instant(row, 12));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
