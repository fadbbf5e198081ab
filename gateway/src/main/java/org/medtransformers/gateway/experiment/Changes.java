package org.medtransformers.gateway.experiment;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.gateway.experiment.ChangePlace.Subject;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.OldRows;

/**
 * What changes, over all experiments. Events are committed in another order than their ids', so a
 * place in the history is not the last event that was seen but a transaction: all before it had
 * ended when the history was looked at. Of later ones, some may have been seen already.
 */
@Singleton
public final class Changes implements OldRows {
  private static final String NOW = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

  /** Both parts see the same snapshot, being one statement. */
  private static final String SINCE =
      """
      SELECT now.ended, now.next, e.experiment_id, e.run_id, e.event, e.last
      FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS ended,
              pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next) now
      LEFT JOIN (
        SELECT experiment_id, run_id, event, max(number) AS last
        FROM (
          SELECT experiment_id, run_id, true AS event, id AS number, transaction FROM run_event
          UNION ALL
          SELECT id, NULL, false, transaction, transaction FROM changed_experiment) change
        WHERE transaction >= ? %s GROUP BY experiment_id, run_id, event LIMIT ?) e ON true
      """;

  private static final String CHANGED =
      """
      INSERT INTO changed_experiment AS before (id, owner, team, sharing) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET transaction = DEFAULT, at = DEFAULT,
        owner = excluded.owner, team = excluded.team,
        sharing = CASE
          WHEN 'ALL' IN (before.sharing, excluded.sharing) THEN 'ALL'
          WHEN 'TEAM' IN (before.sharing, excluded.sharing) THEN 'TEAM'
          ELSE 'PRIVATE' END
      """;

  /** Of some that are not to be seen now, those that were. */
  private static final String FORMERLY =
      """
      SELECT id::text FROM changed_experiment
      WHERE id = ANY (?::uuid[]) AND (sharing IS NULL OR %s) ORDER BY 1
      """;

  private static final String FORGET =
      """
      DELETE FROM changed_experiment WHERE id IN (
        SELECT id FROM changed_experiment WHERE at < now() - interval '1 day' LIMIT ?)
      """;

  private static final String OF_ALL = SINCE.formatted("");
  private static final String OF_ONE = SINCE.formatted("AND experiment_id = ?");

  private final Database database;
  private final CurrentStates states;

  Changes(Database database, CurrentStates states) {
    this.database = database;
    this.states = states;
  }

  private record Row(long ended, long next, Subject subject, long last) {}

  /**
   * Says in the caller's transaction that an experiment is about to change, or to be no more, where
   * its history does not: who sees it now is told, though they may not see it any more then.
   */
  public void tell(ExperimentEntity experiment) {
    database.update(
        CHANGED, experiment.id, experiment.owner, experiment.team, experiment.sharing.name());
  }

  /** Who was away for longer than a day is not told of those. */
  @Override
  public int forget(int limit) {
    return database.update(FORGET, limit);
  }

  /** The place after all that has happened. */
  public ChangePlace now() {
    return ChangePlace.after(database.query(NOW, row -> row.getLong(1)).get(0));
  }

  /**
   * What has changed after {@code place}, each once and as it is now. Where that is more than
   * {@code limit}, or the place is none of this database, nothing is told but that.
   *
   * @param experiment the only one that is looked at; null: all
   * @param scope of whoever is told
   */
  public Changed since(ChangePlace place, UUID experiment, Scope scope, int limit) {
    List<Row> rows =
        experiment == null
            ? database.query(OF_ALL, Changes::row, place.transaction(), limit + 1)
            : database.query(OF_ONE, Changes::row, place.transaction(), experiment, limit + 1);
    Row first = rows.get(0);
    if (place.transaction() > first.next() || rows.size() > limit) {
      return new Changed(ChangePlace.after(first.ended()), List.of(), List.of(), List.of(), true);
    }
    Map<Subject, Long> found = new HashMap<>();
    rows.stream()
        .filter(row -> row.subject() != null)
        .forEach(row -> found.put(row.subject(), row.last()));
    Map<Subject, Long> fresh = new LinkedHashMap<>(found);
    fresh.entrySet().removeAll(place.told().entrySet());
    return told(new ChangePlace(first.ended(), found), fresh.keySet(), scope);
  }

  private static Row row(ResultSet row) throws SQLException {
    UUID experiment = row.getObject(3, UUID.class);
    Subject subject =
        experiment == null
            ? null
            : new Subject(experiment, row.getObject(4, UUID.class), row.getBoolean(5));
    return new Row(row.getLong(1), row.getLong(2), subject, row.getLong(6));
  }

  private Changed told(ChangePlace place, Collection<Subject> fresh, Scope scope) {
    Set<UUID> experiments = new LinkedHashSet<>();
    Set<UUID> runs = new LinkedHashSet<>();
    for (Subject subject : fresh) {
      experiments.add(subject.experiment());
      Optional.ofNullable(subject.run()).ifPresent(runs::add);
    }
    List<Changed.OfExperiment> there =
        experiments.isEmpty() ? List.of() : states.ofExperiments(experiments, scope);
    Set<String> unseen =
        experiments.stream().map(UUID::toString).collect(Collectors.toCollection(TreeSet::new));
    there.forEach(experiment -> unseen.remove(experiment.id()));
    return new Changed(
        place,
        there,
        unseen.isEmpty() ? List.of() : formerly(unseen, scope),
        runs.isEmpty() ? List.of() : states.ofRuns(runs, scope),
        false);
  }

  private List<String> formerly(Collection<String> experiments, Scope scope) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(experiments.toArray(String[]::new));
    arguments.addAll(scope.arguments());
    return database.query(
        FORMERLY.formatted(scope.sql("changed_experiment")),
        row -> row.getString(1),
        arguments.toArray());
  }
}
