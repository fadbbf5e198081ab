package org.medtransformers.gateway.history;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.lifecycle.RunPlan;

/** Makes the plan of a stored run. */
@Singleton
public final class RunPlans {
  private final SaveDirs saveDirs;

  RunPlans(SaveDirs saveDirs) {
    this.saveDirs = saveDirs;
  }

  public RunPlan of(RunEntity run) {
    ExperimentEntity experiment = ExperimentEntity.findById(run.experimentId);
    return new RunPlan(
        run.id.toString(),
        run.experimentId.toString(),
        experiment.name,
        run.seed,
        run.file(),
        saveDirs.mayWrite(run.file().config().training().saveDir()),
        run.learningRate != null,
        run.phase(),
        Optional.ofNullable(run.testedModel),
        Optional.ofNullable(run.start));
  }
}
