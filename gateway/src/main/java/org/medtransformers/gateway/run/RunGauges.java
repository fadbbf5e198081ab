package org.medtransformers.gateway.run;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.Database.RowReader;
import org.medtransformers.service.metric.Meters;
import org.medtransformers.service.metric.Rows;

/** How many runs are where, in all and by experiment, and what those are that are at work. */
@Singleton
final class RunGauges {
  private static final String STATES = "SELECT state, count(*) FROM run GROUP BY state";

  /** Of interest; so many that no scrape grows without bound. */
  private static final String EXPERIMENTS =
      """
      FROM run r JOIN experiment e ON e.id = r.experiment_id
      WHERE e.id IN (
        SELECT id FROM experiment
        WHERE ended_at IS NULL OR ended_at > now() - interval '1 day'
        ORDER BY created_at DESC LIMIT 50)
      """;

  private static final String BY_EXPERIMENT =
      "SELECT e.name, lower(r.state), count(*) " + EXPERIMENTS + " GROUP BY 1, 2";
  private static final String DEVICE_TIME =
      """
      SELECT e.name, e.owner, r.device,
        sum(r.trained_before + coalesce(extract(epoch FROM r.heard_at - r.trained_since), 0))
      """
          + EXPERIMENTS
          + " AND r.device IS NOT NULL GROUP BY 1, 2, 3";
  private static final String AT_WORK =
      """
      SELECT r.id, e.name, e.id, r.backbone, r.dataset, r.initialisation
      FROM run r JOIN experiment e ON e.id = r.experiment_id
      WHERE (r.ended_at IS NULL AND r.state <> 'QUEUED') OR r.ended_at > now() - interval '1 hour'
      ORDER BY r.created_at DESC LIMIT 200
      """;
  private static final String HEARD =
      """
      SELECT r.id, e.name, extract(epoch FROM r.heard_at)
      FROM run r JOIN experiment e ON e.id = r.experiment_id
      WHERE r.ended_at IS NULL AND r.trained_since IS NOT NULL
      ORDER BY r.created_at DESC LIMIT 200
      """;

  private final Database database;
  private final Rows runs;
  private final Rows byExperiment;
  private final Rows deviceTime;
  private final Rows atWork;
  private final Rows heard;

  RunGauges(Database database, Meters meters) {
    this.database = database;
    this.runs = meters.rows(Metric.RUNS);
    this.byExperiment = meters.rows(Metric.EXPERIMENT_RUNS);
    this.deviceTime = meters.rows(Metric.EXPERIMENT_DEVICE_TIME);
    this.atWork = meters.rows(Metric.RUN_INFO);
    this.heard = meters.rows(Metric.RUN_HEARD);
  }

  @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void count() {
    runs.set(states());
    byExperiment.set(
        table(BY_EXPERIMENT, row -> List.of(row.getString(1), row.getString(2)), third()));
    deviceTime.set(
        table(
            DEVICE_TIME,
            row -> List.of(row.getString(1), row.getString(2), row.getString(3)),
            row -> row.getDouble(4)));
    atWork.set(table(AT_WORK, RunGauges::strings, row -> 1.0));
    heard.set(table(HEARD, row -> List.of(row.getString(1), row.getString(2)), third()));
  }

  /** With a row for each state, where no run is too. */
  private Map<List<String>, Long> states() {
    Map<RunState, Long> counted = new EnumMap<>(RunState.class);
    for (RunState state : RunState.values()) {
      counted.put(state, 0L);
    }
    database.query(STATES, row -> counted.put(RunState.valueOf(row.getString(1)), row.getLong(2)));
    return counted.entrySet().stream()
        .collect(
            Collectors.toMap(
                e -> List.of(e.getKey().name().toLowerCase(Locale.ROOT)), Map.Entry::getValue));
  }

  private Map<List<String>, Double> table(
      String sql, RowReader<List<String>> labels, RowReader<Double> value) {
    Map<List<String>, Double> table = new LinkedHashMap<>();
    database.query(sql, row -> table.put(labels.read(row), value.read(row)));
    return table;
  }

  private static RowReader<Double> third() {
    return row -> row.getDouble(3);
  }

  private static List<String> strings(ResultSet row) throws SQLException {
    String[] values = new String[row.getMetaData().getColumnCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.getString(i + 1);
    }
    return List.of(values);
  }
}
