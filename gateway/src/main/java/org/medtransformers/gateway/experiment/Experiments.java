package org.medtransformers.gateway.experiment;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.result.ExperimentPage;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.RunEventEntity;
import org.medtransformers.gateway.history.RunEvents;
import org.medtransformers.gateway.run.Ids;
import org.medtransformers.gateway.run.RunFolders;
import org.medtransformers.gateway.run.Views;

/** Looks at, cancels and deletes experiments. An unknown id is {@code NOT_FOUND}. */
@Singleton
public class Experiments {
  private final RunEvents runEvents;
  private final RunFolders folders;

  Experiments(RunEvents runEvents, RunFolders folders) {
    this.runEvents = runEvents;
    this.folders = folders;
  }

  /** The experiment, its runs and its table as they are now. */
  @Transactional
  public ExperimentView view(String id) {
    ExperimentEntity experiment = find(id);
    return Views.of(experiment, RunEntity.of(experiment.id));
  }

  /** One page, the newest first. */
  @Transactional
  public ExperimentPage page(int page, int size) {
    return new ExperimentPage(
        ExperimentEntity.newest(page, size).stream().map(ExperimentEntity::summary).toList(),
        page,
        size,
        ExperimentEntity.count());
  }

  /** Throws {@code NOT_FOUND} unless there is such an experiment. */
  @Transactional
  public void requireExists(String id) {
    find(id);
  }

  /** What has happened in an experiment after the event {@code lastId}, up to a limit. */
  @Transactional
  public Followed follow(String id, long lastId, int limit) {
    ExperimentEntity experiment = find(id);
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
   * Asks every run that has not ended to stop; asking again changes nothing.
   *
   * @throws MedtransException {@code CONFLICT} when it has ended
   */
  @Transactional
  public ExperimentView cancel(String id) {
    ExperimentEntity experiment = lock(id);
    if (experiment.state != ExperimentState.RUNNING) {
      throw MedtransException.of(
          ErrorCode.CONFLICT, "experiment " + id + " has ended: " + experiment.state);
    }
    for (RunEntity run : RunEntity.of(experiment.id)) {
      runEvents.apply(experiment, run.id, new RunCancelRequested(run.id.toString()));
    }
    return Views.of(experiment, RunEntity.of(experiment.id));
  }

  /**
   * Forgets a finished experiment and deletes what its runs have left behind. The folders go first:
   * if that fails, the experiment is still there to be deleted again.
   *
   * @throws MedtransException {@code CONFLICT} while it runs, or while one of its models is needed
   */
  @Transactional
  public void delete(String id) {
    ExperimentEntity experiment = lock(id);
    if (experiment.state == ExperimentState.RUNNING) {
      throw MedtransException.of(
          ErrorCode.CONFLICT, "experiment " + id + " is running; cancel it first");
    }
    if (RunEntity.modelsInUse(experiment.id)) {
      throw MedtransException.of(
          ErrorCode.CONFLICT,
          "a model of experiment " + id + " is just being tested or trained further");
    }
    RunEntity.of(experiment.id).forEach(run -> folders.delete(run.id));
    experiment.delete();
  }

  ExperimentEntity find(String id) {
    return Ids.parse(id)
        .flatMap(key -> ExperimentEntity.<ExperimentEntity>findByIdOptional(key))
        .orElseThrow(() -> unknown(id));
  }

  private static ExperimentEntity lock(String id) {
    return Ids.parse(id).flatMap(ExperimentEntity::lock).orElseThrow(() -> unknown(id));
  }

  private static MedtransException unknown(String id) {
    return MedtransException.of(ErrorCode.NOT_FOUND, "there is no experiment " + id);
  }
}
