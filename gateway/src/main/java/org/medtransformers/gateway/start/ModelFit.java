package org.medtransformers.gateway.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Whether what one run has trained can be used by another. Each check throws {@code
 * CHECKPOINT_INCOMPATIBLE} naming the key, what was found and what the model was trained with.
 */
final class ModelFit {
  /** What does not decide how a training goes on. */
  private static final List<String> FREE =
      List.of(
          "dataset_params.data_location",
          "dataset_params.test_transforms",
          "dataloader_params.valloader",
          "dataloader_params.testloader",
          "dataset_params.name",
          "model_params.pretrained",
          "model_params.transformers_params.pretrained_type",
          "model_params.transformers_params.is_memory_efficient",
          "training_params.epochs",
          "training_params.val_every",
          "training_params.log_every",
          "training_params.knn_eval",
          "training_params.save_best_model",
          "training_params.save_dir",
          "training_params.restore_session",
          "training_params.restore_only_model",
          "system_params",
          "log_params",
          "lr_finder",
          "transfer_learning_params",
          "medtrans.comparison",
          "medtrans.early_stop_patience",
          "medtrans.keep_checkpoints",
          "medtrans.keep_best",
          "medtrans.checkpoint_every_seconds",
          "medtrans.retention",
          "medtrans.require_gpu",
          "medtrans.priority",
          "medtrans.weights_file");

  private ModelFit() {}

  /** A backbone may see images of other sizes and channels; the trainer adapts it. */
  static void requireBackbone(String name, RunConfig trained, RunConfig wanted) {
    require(
        name, "model_params.backbone_type", trained.model().backbone(), wanted.model().backbone());
    if (transformer(wanted)) {
      require(
          name,
          "model_params.transformers_params.patch_size",
          trained.model().transformer().patchSize(),
          wanted.model().transformer().patchSize());
    }
  }

  /** The same network for the same kind of images. */
  static void requireNetwork(String name, RunConfig trained, RunConfig wanted) {
    require(
        name, "dataset_params.dataset", trained.dataset().dataset(), wanted.dataset().dataset());
    require(name, "medtrans.ddsm", trained.medtrans().ddsm(), wanted.medtrans().ddsm());
    if (wanted.medtrans().split() != null && wanted.medtrans().split().crossValidates()) {
      // A model of another fold has been trained with images that this one tests.
      require(name, "medtrans.split", trained.medtrans().split(), wanted.medtrans().split());
    }
    requireTestable(name, trained, wanted);
  }

  /**
   * The same network, on any data set: whether its classes are the same shows itself when it has
   * been read.
   */
  static void requireTestable(String name, RunConfig trained, RunConfig wanted) {
    requireBackbone(name, trained, wanted);
    require(name, "medtrans.method", trained.medtrans().method(), wanted.medtrans().method());
    if (transformer(wanted)) {
      // There is a learnt position embedding for each patch of an image of this size.
      require(
          name,
          "model_params.transformers_params.img_size",
          trained.model().transformer().imgSize().get(0),
          wanted.model().transformer().imgSize().get(0));
    }
    requireHead(name, trained, wanted);
  }

  private static void requireHead(String name, RunConfig trained, RunConfig wanted) {
    switch (wanted.medtrans().method()) {
      case DINO ->
          require(
              name,
              "model_params.DINO.projection_size",
              trained.model().dino().projectionSize(),
              wanted.model().dino().projectionSize());
      case BYOL -> {
        RunConfig.Byol before = trained.medtrans().byol();
        RunConfig.Byol now = wanted.medtrans().byol();
        require(name, "medtrans.byol.projector", before.projector(), now.projector());
        require(name, "medtrans.byol.predictor", before.predictor(), now.predictor());
      }
      case SIMSIAM -> {
        RunConfig.SimSiam before = trained.medtrans().simsiam();
        RunConfig.SimSiam now = wanted.medtrans().simsiam();
        require(name, "medtrans.simsiam.projector", before.projector(), now.projector());
        require(name, "medtrans.simsiam.predictor", before.predictor(), now.predictor());
      }
      case SUPERVISED -> {
        // The data set decides.
      }
    }
  }

  /** Everything that a training computes must be the same, except how long it goes on. */
  static void requireSession(String name, JsonNode trained, JsonNode wanted) {
    List<String> differences = new ArrayList<>();
    compare("", trained, wanted, differences);
    if (!differences.isEmpty()) {
      String key = differences.get(0);
      String pointer = "/" + key.replace('.', '/');
      throw incompatible(
          name, String.join(", ", differences), trained.at(pointer), wanted.at(pointer));
    }
    int done = trained.at("/training_params/epochs").asInt();
    int epochs = wanted.at("/training_params/epochs").asInt();
    if (epochs <= done) {
      throw MedtransException.of(
          ErrorCode.CHECKPOINT_INCOMPATIBLE,
          "training_params.epochs: found %d, but the model %s has been trained for %d; allowed are more"
              .formatted(epochs, name, done));
    }
  }

  private static void compare(
      String path, JsonNode trained, JsonNode wanted, List<String> differences) {
    if (FREE.contains(path) || trained.equals(wanted)) {
      return;
    }
    if (trained instanceof ObjectNode before && wanted instanceof ObjectNode now) {
      Set<String> keys = new LinkedHashSet<>();
      before.fieldNames().forEachRemaining(keys::add);
      now.fieldNames().forEachRemaining(keys::add);
      keys.forEach(
          key ->
              compare(
                  path.isEmpty() ? key : path + "." + key,
                  before.path(key),
                  now.path(key),
                  differences));
    } else {
      differences.add(path);
    }
  }

  private static boolean transformer(RunConfig config) {
    return config.model().backbone().family() == Backbone.Family.VISION_TRANSFORMER;
  }

  private static void require(String name, String key, Object trained, Object wanted) {
    if (!trained.equals(wanted)) {
      throw incompatible(name, key, trained, wanted);
    }
  }

  private static MedtransException incompatible(
      String name, String key, Object trained, Object wanted) {
    return MedtransException.of(
        ErrorCode.CHECKPOINT_INCOMPATIBLE,
        "%s: found %s, but the model %s was trained with %s".formatted(key, wanted, name, trained));
  }
}
