package org.medtransformers.gateway.experiment;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.service.database.Database;

/** How far experiments and runs are, read without all that belongs to a run besides. */
@Singleton
final class CurrentStates {
  private static final String OF_RUNS =
      """
      SELECT id, experiment_id, state, progress FROM run
      WHERE id = ANY (string_to_array(?, ',')::uuid[]) ORDER BY experiment_id, position
      """;

  /** Only of runs that are being trained the progress says something for the experiment. */
  private static final String OF_EXPERIMENTS =
      """
      SELECT e.id, e.state, r.state, count(*), r.progress
      FROM experiment e JOIN (
        SELECT experiment_id, state, CASE WHEN state = 'TRAINING' THEN progress END AS progress
        FROM run) r ON r.experiment_id = e.id
      WHERE e.id = ANY (string_to_array(?, ',')::uuid[]) GROUP BY e.id, r.state, r.progress
      """;

  private final Database database;

  CurrentStates(Database database) {
    this.database = database;
  }

  /** Those of {@code ids} that there are. */
  List<Changed.OfRun> ofRuns(Collection<UUID> ids) {
    return database.query(OF_RUNS, CurrentStates::run, joined(ids));
  }

  /** Those of {@code ids} that there are. */
  List<Changed.OfExperiment> ofExperiments(Collection<UUID> ids) {
    Map<String, List<Part>> parts =
        database.query(OF_EXPERIMENTS, CurrentStates::part, joined(ids)).stream()
            .collect(
                Collectors.groupingBy(Part::experiment, LinkedHashMap::new, Collectors.toList()));
    return parts.values().stream().map(CurrentStates::experiment).toList();
  }

  /**
   * Runs of an experiment that are equally far.
   *
   * @param done share of the training
   */
  private record Part(
      String experiment, ExperimentState of, RunState state, int count, double done) {}

  private static Changed.OfRun run(ResultSet row) throws SQLException {
    return new Changed.OfRun(
        row.getString(1),
        row.getString(2),
        RunState.valueOf(row.getString(3)),
        Json.read(row.getString(4), RunProgress.class));
  }

  private static Part part(ResultSet row) throws SQLException {
    RunState state = RunState.valueOf(row.getString(3));
    return new Part(
        row.getString(1),
        ExperimentState.valueOf(row.getString(2)),
        state,
        row.getInt(4),
        done(state, row.getString(5)));
  }

  private static double done(RunState state, String progress) {
    return switch (state) {
      case QUEUED, PREPARING -> 0;
      case TRAINING -> trained(Json.read(progress, RunProgress.class));
      case EVALUATING, SUCCEEDED, FAILED, CANCELLED -> 1;
    };
  }

  private static double trained(RunProgress progress) {
    return progress.iteration() == null || progress.iterations() == null
        ? 0
        : (double) progress.iteration() / progress.iterations();
  }

  private static Changed.OfExperiment experiment(List<Part> parts) {
    Map<RunState, Integer> counts = new EnumMap<>(RunState.class);
    parts.forEach(part -> counts.merge(part.state(), part.count(), Integer::sum));
    int runs = parts.stream().mapToInt(Part::count).sum();
    double done = parts.stream().mapToDouble(part -> part.done() * part.count()).sum();
    return new Changed.OfExperiment(
        parts.get(0).experiment(), parts.get(0).of(), counts, done / runs);
  }

  private static String joined(Collection<UUID> ids) {
    return ids.stream().map(UUID::toString).collect(Collectors.joining(","));
  }
}
