package org.medtransformers.gateway.submission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.experiment.PlannedRun;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.Ids;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.gateway.lifecycle.RunStatus;
import org.medtransformers.gateway.lifecycle.TrainedModel;

/** Turns drafts into rows. */
final class RunRows {
  /** What tables call them. */
  private static final String FIRST_WEIGHTS = "random";

  private RunRows() {}

  /** The queued runs of {@code experiment}, not stored yet. */
  static List<RunEntity> of(ExperimentEntity experiment, List<RunDraft> drafts) {
    List<RunEntity> rows = new ArrayList<>();
    for (RunDraft draft : drafts) {
      RunEntity run = row(experiment, rows.size(), draft);
      // The run of the phase before stands further up.
      Optional.ofNullable(draft.planned().follows())
          .ifPresent(before -> run.sourceRunId = rows.get(before).id);
      rows.add(run);
    }
    return List.copyOf(rows);
  }

  /** Kinds of data sets that the runs have, each once. */
  static List<String> datasets(List<RunDraft> drafts) {
    return drafts.stream().map(draft -> dataset(draft.planned())).distinct().sorted().toList();
  }

  private static String dataset(PlannedRun planned) {
    return planned.file().config().dataset().dataset().label();
  }

  /**
   * What a model began with that a later phase has trained is known to its run, not to its file,
   * which says first weights.
   */
  private static String initialisation(RunDraft draft) {
    String planned = draft.planned().initialisation();
    return draft
        .model()
        .flatMap(model -> Ids.parse(model.runId()))
        .flatMap(id -> RunEntity.byId(id, Scope.EVERYTHING))
        .filter(trained -> trained.phase > 1 && planned.startsWith(FIRST_WEIGHTS))
        .map(trained -> trained.initialisation + distinction(planned))
        .orElse(planned);
  }

  /** The labels in brackets that tell a row from others with the same start. */
  private static String distinction(String initialisation) {
    int bracket = initialisation.indexOf(" (");
    return bracket < 0 ? "" : initialisation.substring(bracket);
  }

  private static RunEntity row(ExperimentEntity experiment, int position, RunDraft draft) {
    PlannedRun planned = draft.planned();
    RunEntity run = new RunEntity();
    run.id = UUID.randomUUID();
    run.experimentId = experiment.id;
    run.position = position;
    run.dataset = dataset(planned);
    run.backbone = planned.backbone();
    run.initialisation = initialisation(draft);
    run.labels = planned.labels();
    run.repetition = planned.repetition();
    run.seed = planned.seed();
    run.learningRate = planned.learningRate();
    run.phase = planned.phase().number();
    run.lastPhase = planned.phase().last();
    run.modelName = planned.file().config().training().modelName();
    run.file(planned.file());
    run.retention =
        planned.file().config().medtrans().keptFor().map(Duration::toSeconds).orElse(null);
    run.sourceRunId =
        draft
            .model()
            .map(TrainedModel::runId)
            .or(() -> draft.start().map(StartingPoint::runId))
            .flatMap(Ids::parse)
            .orElse(null);
    run.start = draft.start().orElse(null);
    run.testedModel = draft.model().orElse(null);
    run.createdAt = experiment.createdAt;
    var unused = run.become(RunStatus.QUEUED, experiment.createdAt);
    return run;
  }
}
