package org.medtransformers.gateway.run;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.service.database.Database;

/** Which runs go on with which. */
@Singleton
public final class Lineages {
  private static final int SHOWN = 100;

  private final Database database;

  Lineages(Database database) {
    this.database = database;
  }

  /**
   * The lineage of a run; an unknown id is {@code NOT_FOUND}.
   *
   * @param id of a run, or a model name, which means its latest success
   */
  public Lineage of(String id) {
    return database.inTransaction(() -> of(NamedRuns.require(id)));
  }

  private static Lineage of(RunEntity run) {
    return new Lineage(
        Optional.ofNullable(run.sourceRunId)
            .flatMap(source -> RunEntity.<RunEntity>findByIdOptional(source))
            .map(Lineages::relative)
            .orElse(null),
        Optional.ofNullable(run.start).map(StartingPoint::use).orElse(null),
        run.file().config().medtrans().testOnly(),
        relatives(run.id, false),
        RunEntity.countOf(run.id, false),
        relatives(run.id, true),
        RunEntity.countOf(run.id, true));
  }

  private static List<Lineage.Relative> relatives(UUID source, boolean tests) {
    return RunEntity.of(source, tests, SHOWN).stream().map(Lineages::relative).toList();
  }

  private static Lineage.Relative relative(RunEntity run) {
    ExperimentEntity experiment = ExperimentEntity.findById(run.experimentId);
    return new Lineage.Relative(
        run.id.toString(),
        run.experimentId.toString(),
        experiment.name,
        run.modelName,
        run.backbone,
        run.initialisation,
        run.repetition,
        run.state);
  }
}
