package org.medtransformers.gateway.run;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.RunEventEntity;
import org.medtransformers.service.database.Database;

/** Looks at single runs. */
@Singleton
public final class Runs {
  private static final List<String> CURVES =
      Stream.of(
              TrainingEvent.Started.class,
              TrainingEvent.Progress.class,
              TrainingEvent.Validated.class)
          .map(record -> EventTypes.of(record).name())
          .toList();

  private final Database database;
  private final Access access;

  Runs(Database database, Access access) {
    this.access = access;
    this.database = database;
  }

  /**
   * Everything about a run; an unknown id is {@code NOT_FOUND}.
   *
   * @param id of a run, or a model name, which means its latest success
   * @param curves whether with its curves; they are empty otherwise
   */
  public RunDetail detail(String id, boolean curves) {
    return database.inTransaction(() -> detail(NamedRuns.require(id, access.scope()), curves));
  }

  private static RunDetail detail(RunEntity run, boolean wanted) {
    Curves curves =
        Curves.of(
            wanted
                ? RunEventEntity.ofRun(run.id, CURVES).map(Runs::training)
                : Stream.<TrainingEvent>empty());
    return new RunDetail(
        run.experimentId.toString(),
        Views.of(run),
        run.file().tree(),
        run.file().sha256(),
        run.prepared,
        run.checkpoint,
        run.createdAt,
        run.endedAt,
        run.allNotices(),
        curves.progress(),
        curves.validations());
  }

  private static TrainingEvent training(RunEventEntity.Told event) {
    return (TrainingEvent)
        Json.read(event.payload(), EventTypes.named(event.type()).orElseThrow().record());
  }
}
