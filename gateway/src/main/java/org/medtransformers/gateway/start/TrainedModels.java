package org.medtransformers.gateway.start;

import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.util.Objects;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.experiment.PlannedRun;
import org.medtransformers.files.RunManifest;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.lifecycle.TrainedModel;
import org.medtransformers.service.path.Artifacts;

/** Finds the model that a run is to evaluate, and makes sure that it can. */
@Singleton
public final class TrainedModels {
  private static final String KEY = "medtrans.checkpoint";

  private final Artifacts artifacts;
  private final WeightPaths paths;
  private final Access access;

  TrainedModels(Artifacts artifacts, WeightPaths paths, Access access) {
    this.access = access;
    this.artifacts = artifacts;
    this.paths = paths;
  }

  /**
   * Makes the fingerprint of the weights that {@code medtrans.checkpoint} names by their path
   * known, so that {@link #find} need not take time for it; nothing where it names none.
   *
   * @throws MedtransException as {@link #find}
   */
  public void readFile(RunConfig config) {
    if (config.medtrans().testOnly() && name(config).contains("/")) {
      var unused = atPath(name(config), config);
    }
  }

  private static String name(RunConfig config) {
    return Objects.requireNonNullElse(
        config.medtrans().checkpoint(), config.training().modelName());
  }

  /**
   * The model that {@code medtrans.checkpoint} of {@code planned} names: a run id, a model name for
   * its latest success, or the path of a checkpoint or of a copy of one. Without it, the name of
   * the run's own model counts: the latest success with the same seed, data set and backbone, so
   * that each repetition tests its own; where there is none, of any.
   *
   * @throws MedtransException {@code NOT_FOUND}, {@code PATH_NOT_ALLOWED} or {@code
   *     CHECKPOINT_INCOMPATIBLE}
   */
  public TrainedModel find(PlannedRun planned) {
    RunConfig config = planned.file().config();
    String name = name(config);
    if (name.contains("/")) {
      return atPath(name, config);
    }
    String own = config.medtrans().checkpoint() == null ? own(planned, name) : name;
    RunEntity run = succeeded(KEY, own);
    ModelFit.requireTestable(name, run.file().config(), config);
    return run.model();
  }

  private String own(PlannedRun planned, String modelName) {
    return RunEntity.latestSession(
            modelName, planned.seed(), planned.dataset(), planned.backbone(), access.scope())
        .map(run -> run.id.toString())
        .orElse(modelName);
  }

  /**
   * The run with the id {@code name}, or else the latest success under that model name, with its
   * model in place.
   *
   * @param key of the document, for messages
   */
  RunEntity succeeded(String key, String name) {
    RunEntity run =
        NamedRuns.find(name, access.scope())
            .orElseThrow(
                () ->
                    notFound(
                        key, name, "no run has that id, and no successful run that model name"));
    if (run.state != RunState.SUCCEEDED) {
      throw notFound(
          key,
          name,
          "run " + run.id + " is " + run.state + ", only a successful run has a model to use");
    }
    if (run.checkpoint == null) {
      throw notFound(key, name, "run " + run.id + " has left no model: its training diverged");
    }
    if (!Files.exists(artifacts.root().resolve(run.checkpoint))) {
      throw notFound(key, name, "the folder " + run.checkpoint + " of run " + run.id + " is gone");
    }
    return run;
  }

  private TrainedModel atPath(String path, RunConfig config) {
    WeightPaths.Weights weights = paths.find(KEY, path);
    RunManifest run =
        weights
            .run()
            .orElseThrow(
                () ->
                    notFound(
                        KEY,
                        path,
                        "there is no %s beside it or in the run's folder above, to tell what it was trained on"
                            .formatted(RunManifest.FILE)));
    ModelFit.requireTestable(path, run.config(), config);
    return new TrainedModel(
        run.runId(), weights.path(), weights.sha256(), run.dataset().description());
  }

  private static MedtransException notFound(String key, String name, String reason) {
    return MedtransException.of(ErrorCode.NOT_FOUND, "%s: %s: %s".formatted(key, name, reason));
  }
}
