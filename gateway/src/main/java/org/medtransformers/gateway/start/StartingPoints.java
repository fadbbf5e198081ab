package org.medtransformers.gateway.start;

import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.experiment.PlannedRun;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.retention.EndedRuns;

/**
 * Finds the model that a training is to begin with. It is settled when the run is accepted: what is
 * trained later under the same name changes nothing.
 */
@Singleton
public final class StartingPoints {
  private static final String TRANSFER = "transfer_learning_params.";

  private final TrainedModels models;
  private final WeightPaths paths;
  private final EndedRuns ended;
  private final Access access;

  StartingPoints(TrainedModels models, WeightPaths paths, EndedRuns ended, Access access) {
    this.access = access;
    this.models = models;
    this.paths = paths;
    this.ended = ended;
  }

  /**
   * The start of {@code run}; empty for first weights, and where nothing is trained.
   *
   * @throws MedtransException {@code NOT_FOUND}, {@code PATH_NOT_ALLOWED} or {@code
   *     CHECKPOINT_INCOMPATIBLE}
   */
  public Optional<StartingPoint> find(PlannedRun run) {
    RunConfig config = run.file().config();
    if (config.medtrans().testOnly()) {
      return Optional.empty();
    }
    if (config.training().restoreOnlyModel()) {
      return Optional.of(network(run));
    }
    if (config.training().restoreSession()) {
      return Optional.of(session(run));
    }
    if (config.transfers()) {
      return Optional.of(
          config.transfer().ofFile() ? backboneOfFile(config) : backboneOfRun(config));
    }
    return Optional.empty();
  }

  /**
   * Makes the fingerprint of the weight file that {@code config} begins with known, so that {@link
   * #find} need not take time for it; nothing where it begins otherwise.
   *
   * @throws MedtransException as {@link #find}
   */
  public void readFile(RunConfig config) {
    if (!config.medtrans().testOnly()
        && !config.training().restoreOnlyModel()
        && !config.training().restoreSession()
        && config.transfers()
        && config.transfer().ofFile()) {
      var unused = backboneOfFile(config);
    }
  }

  private StartingPoint network(PlannedRun run) {
    RunEntity source = earlier("training_params.restore_only_model", run);
    RunConfig config = run.file().config();
    ModelFit.requireNetwork(config.training().modelName(), source.file().config(), config);
    return source.start(StartingPoint.Use.NETWORK);
  }

  private StartingPoint session(PlannedRun run) {
    RunEntity source = earlier("training_params.restore_session", run);
    ModelFit.requireSession(source.id.toString(), source.file().tree(), run.file().tree());
    if (!ended.keepSession(source.id)) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND,
          "training_params.restore_session: run %s has kept the weights of its best models only: its retention is over. medtrans.retention in the file of a training, such as \"P30D\", says how long it can be gone on with; restore_only_model begins with its weights"
              .formatted(source.id));
    }
    return new StartingPoint(
        StartingPoint.Use.SESSION, source.id.toString(), "runs/" + source.id, null);
  }

  /** The run whose place {@code run} has in a repeated experiment. */
  private RunEntity earlier(String key, PlannedRun run) {
    String modelName = run.file().config().training().modelName();
    String dataset = run.file().config().dataset().dataset().label();
    RunEntity source =
        RunEntity.latestSession(modelName, run.seed(), dataset, run.backbone(), access.scope())
            .orElseThrow(
                () ->
                    MedtransException.of(
                        ErrorCode.NOT_FOUND,
                        "%s: no successful run is called %s and has the seed %d, %s and %s"
                            .formatted(key, modelName, run.seed(), dataset, run.backbone())));
    return models.succeeded(key, source.id.toString());
  }

  private StartingPoint backboneOfRun(RunConfig config) {
    String name = config.transfer().pretrainedModelName();
    RunEntity source = models.succeeded(TRANSFER + "pretrained_model_name", name);
    ModelFit.requireBackbone(name, source.file().config(), config);
    return source.start(StartingPoint.Use.BACKBONE);
  }

  /** The reference joins folder and name likewise. */
  private StartingPoint backboneOfFile(RunConfig config) {
    String path = config.transfer().pretrainedPath();
    String name = config.transfer().pretrainedModelName();
    boolean within = !name.isBlank() && Files.isDirectory(Path.of(path));
    WeightPaths.Weights weights =
        paths.find(TRANSFER + "pretrained_path", within ? path + "/" + name : path);
    weights.run().ifPresent(r -> ModelFit.requireBackbone(weights.path(), r.config(), config));
    return new StartingPoint(
        StartingPoint.Use.BACKBONE,
        weights.run().map(r -> r.runId()).orElse(null),
        weights.path(),
        weights.sha256());
  }
}
