package org.medtransformers.gateway.run;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.RunEventEntity;

/** Looks at single runs. */
@Singleton
public class Runs {
  private static final List<String> CURVES =
      Stream.of(
              TrainingEvent.Started.class,
              TrainingEvent.Progress.class,
              TrainingEvent.Validated.class)
          .map(record -> EventTypes.of(record).name())
          .toList();

  /**
   * Everything about a run; an unknown id is {@code NOT_FOUND}.
   *
   * @param id of a run, or a model name, which means its latest success
   */
  @Transactional
  public RunDetail detail(String id) {
    RunEntity run =
        NamedRuns.find(id)
            .orElseThrow(() -> MedtransException.of(ErrorCode.NOT_FOUND, "there is no run " + id));
    Curves curves =
        Curves.of(RunEventEntity.ofRun(run.id, CURVES).stream().map(Runs::training).toList());
    return new RunDetail(
        run.experimentId.toString(),
        Views.of(run),
        Json.parse(run.config),
        run.configSha256,
        run.prepared,
        run.checkpoint,
        run.createdAt,
        run.endedAt,
        curves.progress(),
        curves.validations());
  }

  private static TrainingEvent training(RunEventEntity row) {
    return (TrainingEvent)
        Json.read(row.payload, EventTypes.named(row.type).orElseThrow().record());
  }
}
