package org.medtransformers.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.Metrics;

/**
 * Copies of a finished experiment in the gateway's own tables, with the files of its runs. A copy
 * is the row itself with what makes it another one, so that it has whatever the gateway keeps.
 */
public final class StoredCopies {
  /** Of the large experiment, so many runs are of one model; they are repetitions. */
  private static final int ARMS = 10;

  private static final int MINUTES_APART = 20;

  private static final String SOURCES =
      "SELECT id, backbone FROM run WHERE experiment_id = ? AND state = 'SUCCEEDED' ORDER BY position";

  private static final String EXPERIMENT =
      """
      INSERT INTO experiment
      SELECT (jsonb_populate_record(e, jsonb_build_object('id', ?::text, 'name', ?::text,
        'idempotency_key', NULL, 'created_at', now() - ? * interval '1 minute',
        'ended_at', now()))).*
      FROM experiment e WHERE id = ?
      """;

  private static final String RUN =
      """
      INSERT INTO run
      SELECT (jsonb_populate_record(r, jsonb_build_object('id', ?::text, 'experiment_id', ?::text,
        'position', ?::int, 'repetition', ?::int, 'seed', ?::int, 'initialisation', ?::text,
        'source_run_id', NULL, 'ended_at', now(), 'trimmed_at', now() + interval '1 minute',
        'test_metrics', coalesce(?::text, r.test_metrics)))).*
      FROM run r WHERE id = ?
      """;

  private static final String HISTORY =
      """
      INSERT INTO run_event (experiment_id, run_id, type, payload, at)
      SELECT ?, ?, type, replace(payload, ?, ?), at FROM run_event
      WHERE run_id = ? AND type <> 'training.progress.v1' ORDER BY id
      """;

  /** As losses fall: fast, then slowly, with noise. */
  private static final String CURVE =
      """
      INSERT INTO run_event (experiment_id, run_id, type, payload, at)
      SELECT ?, ?, p.type, (p.payload::jsonb || jsonb_build_object('runId', ?::text, 'iteration', i,
        'iterations', ?::int, 'epoch', i / 100.0,
        'loss', 0.3 + 1.5 * exp(-4.0 * i / ?) + 0.1 * random()))::text, p.at
      FROM (SELECT * FROM run_event WHERE run_id = ? AND type = 'training.progress.v1'
        ORDER BY id LIMIT 1) p, generate_series(1, ?) i ORDER BY i
      """;

  private final Connection gateway;
  private final CopiedResults results;

  /**
   * @param gateway the gateway's database, as it has migrated it
   * @param runs the folder of all runs' folders
   */
  public StoredCopies(Connection gateway, Path runs) {
    this.gateway = gateway;
    this.results = new CopiedResults(runs);
  }

  /**
   * How much there is to be.
   *
   * @param experiments small ones
   * @param runs of the large one
   * @param points of the loss of each of these runs
   */
  public record Size(int experiments, int runs, int points) {}

  private record Source(UUID id, String backbone) {}

  /**
   * Makes them; the large one is the newest.
   *
   * @return its id
   * @throws IllegalArgumentException if no run of {@code experiment} has succeeded
   */
  public UUID of(UUID experiment, Size size) throws SQLException, IOException {
    List<Source> sources = sources(experiment);
    for (int i = size.experiments(); i > 0; i--) {
      UUID copy = experiment(experiment, "copy %04d".formatted(i), i * MINUTES_APART);
      for (int position = 0; position < sources.size(); position++) {
        UUID source = sources.get(position).id();
        UUID run = UUID.randomUUID();
        run(source, run, copy, position, position, "random", null);
        results.link(source, run);
      }
    }
    UUID large = experiment(experiment, size.runs() + " runs", 0);
    for (int position = 0; position < size.runs(); position++) {
      large(sources, large, position, size.points());
    }
    update("ANALYZE");
    return large;
  }

  private List<Source> sources(UUID experiment) throws SQLException {
    try (PreparedStatement query = prepared(SOURCES, experiment);
        ResultSet rows = query.executeQuery()) {
      List<Source> found = new ArrayList<>();
      while (rows.next()) {
        found.add(new Source(rows.getObject(1, UUID.class), rows.getString(2)));
      }
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "no run of the experiment " + experiment + " has succeeded, allowed is one with some");
      }
      return found;
    }
  }

  private UUID experiment(UUID source, String name, int minutesAgo) throws SQLException {
    UUID id = UUID.randomUUID();
    update(EXPERIMENT, id, name, minutesAgo, source);
    return id;
  }

  private void large(List<Source> sources, UUID large, int position, int points)
      throws SQLException, IOException {
    int arm = position % ARMS;
    int repetition = position / ARMS;
    Source source = sources.get(arm % sources.size());
    UUID run = UUID.randomUUID();
    Metrics measured = results.vary(source.id(), run, position);
    run(source.id(), run, large, position, repetition, "weights " + arm, Json.write(measured));
    update(HISTORY, large, run, source.id().toString(), run.toString(), source.id());
    update(CURVE, large, run, run.toString(), points, points, source.id(), points);
  }

  private void run(
      UUID source,
      UUID run,
      UUID experiment,
      int position,
      int repetition,
      String initialisation,
      String testMetrics)
      throws SQLException {
    update(
        RUN,
        run,
        experiment,
        position,
        repetition,
        repetition,
        initialisation,
        testMetrics,
        source);
  }

  private void update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters)) {
      statement.execute();
    }
  }

  private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = gateway.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
