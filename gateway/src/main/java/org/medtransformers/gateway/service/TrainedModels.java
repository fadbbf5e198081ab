package org.medtransformers.gateway.service;

import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.util.Objects;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.lifecycle.TrainedModel;
import org.medtransformers.service.path.Artifacts;

/** Finds the model that a run is to evaluate, and makes sure that it can. */
@Singleton
final class TrainedModels {
  private final Artifacts artifacts;

  TrainedModels(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * The model that {@code medtrans.checkpoint} of {@code config} names: a run id, or a model name
   * for its latest success. Without it, the name of the run's own model counts.
   *
   * @throws MedtransException {@code NOT_FOUND} or {@code CHECKPOINT_INCOMPATIBLE}
   */
  TrainedModel find(RunConfig config) {
    String name =
        Objects.requireNonNullElse(config.medtrans().checkpoint(), config.training().modelName());
    RunEntity run =
        NamedRuns.find(name)
            .orElseThrow(
                () -> notFound(name, "no run has that id, and no successful run that model name"));
    if (run.state != RunState.SUCCEEDED) {
      throw notFound(
          name,
          "run " + run.id + " is " + run.state + ", only a successful run has a model to test");
    }
    if (run.checkpoint == null) {
      throw notFound(name, "run " + run.id + " has left no model: its training diverged");
    }
    requireFit(name, Json.read(run.config, RunConfig.class), config);
    if (!Files.isDirectory(artifacts.resolve(run.checkpoint))) {
      throw notFound(name, "the folder " + run.checkpoint + " of run " + run.id + " is gone");
    }
    String trainer = run.testedModel == null ? run.id.toString() : run.testedModel.runId();
    return new TrainedModel(trainer, run.checkpoint, run.prepared.description());
  }

  /** The rest, such as the classes, shows itself when the data set has been read. */
  private static void requireFit(String name, RunConfig trained, RunConfig wanted) {
    require(
        name, "model_params.backbone_type", trained.model().backbone(), wanted.model().backbone());
    require(
        name, "dataset_params.dataset", trained.dataset().dataset(), wanted.dataset().dataset());
    require(
        name,
        "model_params.transformers_params.patch_size",
        trained.model().transformer().patchSize(),
        wanted.model().transformer().patchSize());
    if (wanted.model().backbone().family() == Backbone.Family.VISION_TRANSFORMER) {
      // There is a learnt position embedding for each patch of an image of this size.
      require(
          name,
          "model_params.transformers_params.img_size",
          trained.model().transformer().imgSize().get(0),
          wanted.model().transformer().imgSize().get(0));
    }
    require(name, "medtrans.ddsm", trained.medtrans().ddsm(), wanted.medtrans().ddsm());
  }

  private static void require(String name, String key, Object trained, Object wanted) {
    if (!trained.equals(wanted)) {
      throw MedtransException.of(
          ErrorCode.CHECKPOINT_INCOMPATIBLE,
          "%s: found %s, but the model %s was trained with %s"
              .formatted(key, wanted, name, trained));
    }
  }

  private static MedtransException notFound(String name, String reason) {
    return MedtransException.of(
        ErrorCode.NOT_FOUND, "medtrans.checkpoint: %s: %s".formatted(name, reason));
  }
}
