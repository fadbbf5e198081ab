package org.medtransformers.gateway.curve;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.UUID;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.gateway.run.Curves;
import org.medtransformers.service.database.Database;

/**
 * Some points of a run's history, at equal distances of iterations, found one by one: however long
 * a training was, a chart of it costs the same.
 */
@Singleton
final class CurvePoints {
  private static final String ITERATION = "(payload::jsonb ->> 'iteration')::integer";

  /** Of one type: its first and latest iteration, and at each of n + 1 places the next point. */
  private static final String SOME =
      """
      SELECT DISTINCT ON (point.id) point.id, point.type, point.payload, point.at
      FROM (
          SELECT greatest(?::integer, (SELECT %2$s FROM run_event
              WHERE run_id = ? AND type = '%1$s' ORDER BY %2$s LIMIT 1)) AS first,
            least(?::integer, (SELECT %2$s FROM run_event
              WHERE run_id = ? AND type = '%1$s' ORDER BY id DESC LIMIT 1)) AS last
        ) span
        CROSS JOIN generate_series(0, ?::bigint) AS place
        CROSS JOIN LATERAL (
          SELECT id, type, payload, at FROM run_event
          WHERE run_id = ? AND type = '%1$s'
            AND %2$s >= span.first + ceil((span.last - span.first)::numeric * place / ?)::integer
            AND %2$s <= span.last
          ORDER BY %2$s, id DESC LIMIT 1
        ) point
      """;

  private static final String POINTS =
      "(%s) UNION ALL (%s) UNION ALL (SELECT id, type, payload, at FROM run_event WHERE run_id = ? AND type = '%s') ORDER BY id"
          .formatted(
              SOME.formatted(name(TrainingEvent.Progress.class), ITERATION),
              SOME.formatted(name(TrainingEvent.Validated.class), ITERATION),
              name(TrainingEvent.Started.class));

  private final Database database;

  CurvePoints(Database database) {
    this.database = database;
  }

  private static String name(Class<? extends TrainingEvent> event) {
    return EventTypes.of(event).name();
  }

  /** Of the training itself, and of its validations. */
  record Found(Series training, Series validation) {
    Line line(CurveMetric metric, Axis axis) {
      return (metric.training() ? training : validation).line(metric, axis);
    }
  }

  private record Told(TrainingEvent event, Instant at) {}

  /**
   * The points of {@code run} from iteration {@code from} to {@code to}.
   *
   * @param places about as many of each kind, at least 1
   */
  Found of(UUID run, int from, int to, int places) {
    Object[] some = {from, run, to, run, places - 1L, run, Math.max(1L, places - 1L)};
    Object[] parameters = new Object[2 * some.length + 1];
    System.arraycopy(some, 0, parameters, 0, some.length);
    System.arraycopy(some, 0, parameters, some.length, some.length);
    parameters[2 * some.length] = run;
    return found(
        database.query(
            POINTS,
            row ->
                new Told(
                    (TrainingEvent)
                        Json.read(
                            row.getString(3),
                            EventTypes.named(row.getString(2)).orElseThrow().record()),
                    row.getTimestamp(4).toInstant()),
            parameters));
  }

  private static Found found(List<Told> told) {
    Instant start = told.isEmpty() ? Instant.EPOCH : told.get(0).at();
    IdentityHashMap<TrainingEvent, Instant> times = new IdentityHashMap<>();
    told.forEach(t -> times.put(t.event(), t.at()));
    Curves curves = Curves.of(told.stream().map(Told::event));
    return new Found(
        Series.of(
            curves.progress(),
            TrainingEvent.Progress::iteration,
            TrainingEvent.Progress::epoch,
            p -> since(start, times.get(p)),
            CurveMetric.ofTraining(),
            CurveMetric::of),
        Series.of(
            curves.validations(),
            TrainingEvent.Validated::iteration,
            TrainingEvent.Validated::epoch,
            v -> since(start, times.get(v)),
            CurveMetric.ofValidation(),
            CurveMetric::of));
  }

  private static double since(Instant start, Instant at) {
    return Duration.between(start, at).toMillis() / 1000.0;
  }
}
