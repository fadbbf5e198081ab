package org.medtransformers.gateway.history;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
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
    RunConfig config = Json.read(run.config, RunConfig.class);
    return new RunPlan(
        run.id.toString(),
        run.experimentId.toString(),
        run.seed,
        saveDirs.mayWrite(config.training().saveDir()) ? config : withoutSaveDir(config),
        run.configSha256,
        run.learningRate != null,
        run.phase(),
        Optional.ofNullable(run.testedModel),
        Optional.ofNullable(run.start));
  }

  /** No worker gets to see a folder that it must not write to. */
  private static RunConfig withoutSaveDir(RunConfig config) {
    return new RunConfig(
        config.dataset(),
        config.dataloaders(),
        config.model(),
        config.optimization(),
        config.training().withoutSaveDir(),
        config.system(),
        config.transfer(),
        config.medtrans());
  }
}
