package org.medtransformers.gateway.submission;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.experiment.Experiment;
import org.medtransformers.gateway.access.Callers;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.history.History;
import org.medtransformers.gateway.history.RunPlans;
import org.medtransformers.gateway.lifecycle.RunLifecycle;
import org.medtransformers.service.database.Database;

/** Accepts experiments, each wish once. */
@Singleton
public final class Submissions {
  /** What became of a wish; {@code created} is false when it had been granted before. */
  public record Accepted(String id, boolean created) {
    private static Accepted of(ExperimentEntity experiment, boolean created) {
      return new Accepted(experiment.id.toString(), created);
    }
  }

  private final ExperimentPlanner planner;
  private final Turns turns;
  private final RunPlans plans;
  private final History history;
  private final Database database;
  private final Clock clock;
  private final Callers callers;

  Submissions(
      ExperimentPlanner planner,
      Turns turns,
      RunPlans plans,
      History history,
      Database database,
      Clock clock,
      Callers callers) {
    this.planner = planner;
    this.turns = turns;
    this.plans = plans;
    this.history = history;
    this.database = database;
    this.clock = clock;
    this.callers = callers;
  }

  /**
   * What {@code document} would start; nothing is stored.
   *
   * @throws MedtransException {@code UNAVAILABLE} where too many others ask for the same, and
   *     whatever {@link ExperimentPlanner} throws
   */
  public ExperimentDraft draft(JsonNode document) {
    return turns.ofRequest(
        () -> {
          Experiment read = planner.read(document);
          return database.inTransaction(() -> planner.plan(read));
        });
  }

  /**
   * {@link #accept} in a transaction of its own, which begins when the files that the document
   * names have been read.
   */
  public Accepted submit(Submission wish) {
    Optional<Accepted> before = database.inTransaction(() -> granted(wish));
    return before.orElseGet(
        () ->
            turns.ofRequest(
                () -> {
                  Experiment read = planner.read(wish.document());
                  return database.inTransaction(() -> accept(wish, () -> read));
                }));
  }

  /**
   * Stores the experiment and starts its runs, in the caller's transaction. An exception is thrown
   * before anything is written, so that the caller may still commit, and tell of it.
   *
   * @throws MedtransException {@code CONFLICT} where the key was used for another document, and
   *     {@code UNAVAILABLE} and whatever else {@link #draft} throws
   */
  public Accepted accept(Submission wish) {
    return turns.ofEvent(() -> accept(wish, () -> planner.read(wish.document())));
  }

  private Accepted accept(Submission wish, Supplier<Experiment> read) {
    wish.idempotencyKey().ifPresent(this::waitForTwin);
    return granted(wish).orElseGet(() -> Accepted.of(store(wish, planner.plan(read.get())), true));
  }

  /** What the same wish has become before; empty where there was none. */
  private static Optional<Accepted> granted(Submission wish) {
    Optional<ExperimentEntity> before =
        wish.idempotencyKey().flatMap(ExperimentEntity::byIdempotencyKey);
    before.ifPresent(experiment -> requireSame(wish, experiment));
    return before.map(experiment -> Accepted.of(experiment, false));
  }

  /** Of two requests with the same key that come at once, one waits for the other's outcome. */
  private void waitForTwin(String key) {
    database.query("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> "", key);
  }

  private static void requireSame(Submission wish, ExperimentEntity before) {
    if (!wish.sha256().equals(before.requestSha256)) {
      throw MedtransException.of(
          ErrorCode.CONFLICT,
          "this idempotency key was used for another document, experiment " + before.id);
    }
  }

  private ExperimentEntity store(Submission wish, ExperimentDraft draft) {
    ExperimentEntity experiment = new ExperimentEntity();
    experiment.id = UUID.randomUUID();
    experiment.name = draft.name();
    experiment.state = ExperimentState.RUNNING;
    experiment.document = Json.write(draft.document());
    experiment.notices = draft.notices();
    experiment.idempotencyKey = wish.idempotencyKey().orElse(null);
    experiment.requestSha256 = wish.sha256();
    experiment.owner = callers.current().person();
    experiment.team = callers.current().team();
    experiment.datasets = RunRows.datasets(draft.runs());
    experiment.createdAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    experiment.persist();
    List<RunEntity> runs = RunRows.of(experiment, draft.runs());
    RunEntity.persist(runs);
    List<String> ids = runs.stream().map(r -> r.id.toString()).toList();
    history.record(
        experiment,
        new ExperimentEvent.Accepted(
            experiment.id.toString(), experiment.name, wish.requestId().orElse(null), ids));
    runs.forEach(r -> history.record(experiment, r, RunLifecycle.start(plans.of(r))));
    return experiment;
  }
}
