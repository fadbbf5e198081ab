package org.medtransformers.gateway.erasure;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.erasure.DataErasure;
import org.medtransformers.contracts.erasure.ErasedThing;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.service.database.Database;

/** Runs whose data had images that are erased, or that said something of one. */
@Singleton
final class AffectedRuns {
  private static final String ENDED =
      """
      SELECT id, experiment_id, model_name, dataset, prepared::jsonb ->> 'id' AS prepared_id
      FROM run WHERE prepared IS NOT NULL AND ended_at IS NOT NULL ORDER BY created_at, position
      """;
  private static final String IN_THE_WAY =
      """
      SELECT count(*) FROM run WHERE ended_at IS NULL
      AND (prepared::jsonb ->> 'id' = ANY (?) OR (state = 'PREPARING' AND dataset = ANY (?)))
      """;
  private static final String MARK =
      "INSERT INTO erased_run (erasure_id, run_id, images) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String MARKED =
      "SELECT run_id FROM erased_run WHERE erasure_id = ? ORDER BY run_id";
  private static final String PREPARED =
      "SELECT id, payload FROM run_event WHERE run_id = ? AND type = ?";

  /**
   * A run.
   *
   * @param dataset kind of its data
   * @param preparedId of its prepared data set
   * @param images to be erased that its data had, as far as is known
   */
  record Affected(
      UUID id, UUID experiment, String modelName, String dataset, String preparedId, int images) {
    private Affected with(int found) {
      return new Affected(id, experiment, modelName, dataset, preparedId, found);
    }
  }

  private final Database database;
  private final ImageTraces files;
  private final Clock clock;

  AffectedRuns(Database database, ImageTraces files, Clock clock) {
    this.database = database;
    this.files = files;
    this.clock = clock;
  }

  /** How many runs need one of {@code sets}, or may just be getting a set of such a kind. */
  long inTheWay(List<DataErasure.Found> sets, List<String> datasets) {
    String[] ids = sets.stream().map(DataErasure.Found::id).toArray(String[]::new);
    return database
        .query(IN_THE_WAY, row -> row.getLong(1), ids, datasets.toArray(String[]::new))
        .get(0);
  }

  /**
   * Those that have ended, by the sets that are there, and by what they have said: a set may have
   * gone before.
   *
   * @param meant whether a kind of data set is meant
   */
  List<Affected> find(
      ErasedThing thing, String name, List<DataErasure.Found> sets, Predicate<String> meant)
      throws IOException {
    Map<String, Integer> images =
        sets.stream().collect(Collectors.toMap(DataErasure.Found::id, DataErasure.Found::images));
    List<Affected> found = new ArrayList<>();
    for (Affected run : database.query(ENDED, AffectedRuns::read)) {
      if (images.containsKey(run.preparedId())) {
        found.add(run.with(images.get(run.preparedId())));
      } else if (meant.test(run.dataset())) {
        int predictions = files.predictions(run.id(), thing, name);
        if (predictions > 0) {
          found.add(run.with(predictions));
        }
      }
    }
    return found;
  }

  private static Affected read(ResultSet row) throws SQLException {
    return new Affected(
        row.getObject("id", UUID.class),
        row.getObject("experiment_id", UUID.class),
        row.getString("model_name"),
        row.getString("dataset"),
        row.getString("prepared_id"),
        0);
  }

  /** Those of which it is said already. */
  List<UUID> marked(UUID erasure) {
    return database.query(MARKED, row -> row.getObject(1, UUID.class), erasure);
  }

  /**
   * Says of a run, for good, that its numbers were worked out with images that are gone, and takes
   * the names of images out of what was said of its data.
   */
  void mark(UUID erasure, Affected run) {
    database.inTransaction(
        () -> {
          ExperimentEntity.lock(run.experiment());
          RunEntity.byId(run.id(), Scope.EVERYTHING)
              .filter(row -> database.update(MARK, erasure, run.id(), run.images()) > 0)
              .ifPresent(row -> say(row, run));
        });
  }

  private void say(RunEntity row, Affected run) {
    row.notice(notice(run));
    row.prepared = row.prepared.withoutExamples();
    forgetExamples(run.id());
  }

  private String notice(Affected run) {
    return "%s: %s of its data were erased on %s; its numbers were worked out with them, tests between models are without them"
        .formatted(
            run.modelName(),
            run.images() == 0 ? "images" : run.images() + " images",
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  private void forgetExamples(UUID run) {
    record Row(long id, String payload) {}
    String type = EventTypes.of(DatasetEvent.Prepared.class).name();
    for (Row row :
        database.query(PREPARED, r -> new Row(r.getLong(1), r.getString(2)), run, type)) {
      DatasetEvent.Prepared told = Json.read(row.payload(), DatasetEvent.Prepared.class);
      database.update(
          "UPDATE run_event SET payload = ? WHERE id = ?",
          Json.write(
              new DatasetEvent.Prepared(
                  told.runId(), told.attempt(), told.dataset().withoutExamples())),
          row.id());
    }
  }
}
