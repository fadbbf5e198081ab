package org.medtransformers.gateway.experiment;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunPage;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.comparison.Comparison;
import org.medtransformers.gateway.comparison.Comparisons;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.Ids;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.RunEventEntity;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.gateway.history.Reconciliation;
import org.medtransformers.gateway.history.Resumption;
import org.medtransformers.gateway.retention.DeletedRuns;
import org.medtransformers.gateway.run.Views;
import org.medtransformers.service.database.Database;

/** Looks at, cancels, resumes and deletes experiments. An unknown id is {@code NOT_FOUND}. */
@Singleton
public final class Experiments {
  private final Reconciliation reconciliation;
  private final Resumption resumption;
  private final RunFolders folders;
  private final DeletedRuns deleted;
  private final Comparisons comparisons;
  private final Changes changes;
  private final Database database;
  private final Access access;

  Experiments(
      Reconciliation reconciliation,
      Resumption resumption,
      RunFolders folders,
      DeletedRuns deleted,
      Comparisons comparisons,
      Changes changes,
      Database database,
      Access access) {
    this.access = access;
    this.reconciliation = reconciliation;
    this.resumption = resumption;
    this.folders = folders;
    this.deleted = deleted;
    this.comparisons = comparisons;
    this.changes = changes;
    this.database = database;
  }

  private record Found(ExperimentEntity experiment, List<RunEntity> runs) {}

  /** The experiment, its runs and its table as they are now. */
  public ExperimentView view(String id) {
    Found found = database.inTransaction(() -> found(ExperimentEntity.require(id, access.scope())));
    // Outside a transaction: the table may take reading files.
    return shown(found, comparisons.table(found.runs()));
  }

  /** The same at once: without the numbers of the table that only files tell. */
  public ExperimentView glance(String id) {
    return glance(
        database.inTransaction(() -> found(ExperimentEntity.require(id, access.scope()))));
  }

  /** One page of the runs that are in {@code states}, in the order of the expanded experiment. */
  public RunPage runs(String id, Set<RunState> states, int page, int size) {
    return database.inTransaction(
        () -> runs(ExperimentEntity.require(id, access.scope()).id, states, page, size));
  }

  private static RunPage runs(UUID id, Set<RunState> states, int page, int size) {
    return new RunPage(
        Views.of(RunEntity.page(id, states, page, size), RunEntity.of(id)),
        page,
        size,
        RunEntity.count(id, states));
  }

  /** The experiment document, as it was given. */
  public String document(String id) {
    return database.inTransaction(() -> ExperimentEntity.require(id, access.scope()).document);
  }

  /** The id of an experiment that there is. */
  public UUID require(String id) {
    return database.inTransaction(() -> ExperimentEntity.require(id, access.scope()).id);
  }

  /**
   * What has happened in an experiment after the event {@code lastId}, up to a limit.
   *
   * @param scope of whoever follows, whom no request may stand for any more
   */
  public Followed follow(String id, Scope scope, long lastId, int limit) {
    return database.inTransaction(() -> news(ExperimentEntity.require(id, scope), lastId, limit));
  }

  private static Followed news(ExperimentEntity experiment, long lastId, int limit) {
    // The state is read first: an experiment that has ended has its last event already.
    boolean ended = experiment.state != ExperimentState.RUNNING;
    List<Followed.Item> items =
        RunEventEntity.after(experiment.id, lastId, limit).stream()
            .map(e -> new Followed.Item(e.id, e.type, e.payload))
            .toList();
    long last = items.isEmpty() ? lastId : items.get(items.size() - 1).id();
    return new Followed(items, last, ended && items.size() < limit);
  }

  /**
   * Asks every run that has not ended to stop; asked again seconds later, those end at once that
   * nothing was heard of since.
   *
   * @return what was asked, as {@link #glance} shows it
   * @throws MedtransException {@code CONFLICT} when it has ended
   */
  public ExperimentView cancel(String id) {
    return glance(database.inTransaction(() -> cancel(access.toChange(id))));
  }

  private Found cancel(ExperimentEntity experiment) {
    if (experiment.state != ExperimentState.RUNNING) {
      throw MedtransException.of(
          ErrorCode.CONFLICT, "experiment " + experiment.id + " has ended: " + experiment.state);
    }
    for (RunEntity run : RunEntity.of(experiment.id)) {
      reconciliation.cancel(experiment, run);
    }
    return found(experiment);
  }

  /**
   * Lets a run that has failed or was cancelled go on from its last checkpoint, as the same run;
   * one that is at work is left as it is.
   *
   * @return its experiment, as {@link #glance} shows it
   * @throws MedtransException {@code NOT_FOUND} for an unknown id, or if its folder is gone, {@code
   *     CONFLICT} where there is nothing to go on with
   */
  public ExperimentView resume(String runId) {
    return glance(database.inTransaction(() -> resumed(runId)));
  }

  private Found resumed(String runId) {
    Optional<UUID> id = Ids.parse(runId);
    ExperimentEntity experiment =
        id.flatMap(RunEntity::experimentOf)
            .flatMap(access::toChange)
            .orElseThrow(
                () -> MedtransException.of(ErrorCode.NOT_FOUND, "there is no run " + runId));
    // Read when its experiment is locked, and not before.
    RunEntity run = RunEntity.byId(id.orElseThrow(), access.scope()).orElseThrow();
    if (run.state == RunState.SUCCEEDED) {
      throw MedtransException.of(
          ErrorCode.CONFLICT, "run %s has ended: %s".formatted(run.id, run.state));
    }
    if (run.state.terminal()) {
      if (run.times.device != null) {
        folders.requireKept(run.id);
      }
      resumption.resume(experiment, run);
    }
    return found(experiment);
  }

  private static Found found(ExperimentEntity experiment) {
    return new Found(experiment, RunEntity.of(experiment.id));
  }

  /** What has been done is not answered with "ask again", as the whole table may have to be. */
  private static ExperimentView glance(Found found) {
    return shown(found, Comparison.of(found.runs()));
  }

  private static ExperimentView shown(Found found, ComparisonTable table) {
    return Views.of(found.experiment(), found.runs(), table);
  }

  /**
   * Forgets a finished experiment and deletes what its runs have left behind. The folders go first:
   * if that fails, the experiment is still there to be deleted again.
   *
   * @throws MedtransException {@code CONFLICT} while it runs, or while one of its models is needed
   */
  public void delete(String id) {
    database.inTransaction(() -> delete(access.toChange(id)));
  }

  private void delete(ExperimentEntity experiment) {
    if (experiment.state == ExperimentState.RUNNING) {
      throw MedtransException.of(
          ErrorCode.CONFLICT, "experiment " + experiment.id + " is running; cancel it first");
    }
    if (RunEntity.modelsInUse(experiment.id)) {
      throw MedtransException.of(
          ErrorCode.CONFLICT,
          "a model of experiment " + experiment.id + " is just being tested or trained further");
    }
    RunEntity.of(experiment.id).forEach(run -> folders.delete(run.id));
    deleted.remember(experiment.id);
    changes.tell(experiment);
    experiment.delete();
  }
}
