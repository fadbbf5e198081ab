package org.medtransformers.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.comparison.DataLook;

/** Writes experiment files. */
final class Document {
  static final String LEARNING_RATE = "optimization_params.default.optimizer.params.lr";
  static final double FROM_FIRST_WEIGHTS = 5e-4;

  /** Room for random crops. */
  private static final double MARGIN = 1.125;

  private static final int LARGEST_NAME = 100;
  private static final double WARM_UP = 0.05;

  private final DataLook look;
  private final String name;

  /**
   * @param name of the experiment and of its models
   */
  Document(DataLook look, String name) {
    this.look = look;
    this.name = name;
  }

  /**
   * What is the same in all runs.
   *
   * @param iterations of an epoch
   * @param validateEvery epochs
   */
  record Training(
      int size, int batch, int epochs, int iterations, double validateEvery, int repetitions) {}

  /**
   * The file.
   *
   * @param matrix its axes
   * @param medtrans keys that are not of the data set
   */
  ObjectNode of(
      Training training, List<List<Map<String, Object>>> matrix, Map<String, Object> medtrans) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put(
        "experiment",
        ordered("name", name, "seed", 0, "repetitions", training.repetitions(), "matrix", matrix));
    file.put("dataset_params", dataset(training.size()));
    file.put("dataloader_params", loaders(training.batch()));
    file.put(
        "model_params",
        ordered(
            "backbone_type",
            "resnet18",
            "transformers_params",
            ordered("img_size", List.of(training.size()))));
    file.put("optimization_params", ordered("default", optimization(training)));
    file.put("training_params", training(training));
    file.put("medtrans", own(medtrans));
    return (ObjectNode) Json.tree(file);
  }

  private Map<String, Object> dataset(int size) {
    Map<String, Object> crop =
        ordered("RandomResizedCrop", applied("size", size, "scale", List.of(0.8, 1.2)));
    crop.put("HorizontalFlip", applied("p", 0.5));
    Map<String, Object> params =
        ordered("dataset", look.dataset().label(), "data_location", look.dataLocation());
    if (look.dataset().ownKey().isPresent()) {
      params.put("name", printable(look.title()));
    }
    params.put("train_transforms", transforms(size, crop));
    Map<String, Object> middle = ordered("CenterCrop", applied("height", size, "width", size));
    params.put("val_transforms", transforms(size, middle));
    params.put("test_transforms", transforms(size, middle));
    return params;
  }

  private static Map<String, Object> transforms(int size, Map<String, Object> between) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("Resize", resize(size));
    all.putAll(between);
    all.put("Normalize", true);
    return all;
  }

  private static Map<String, Object> resize(int size) {
    int side = (int) Math.round(size * MARGIN);
    return applied("height", side, "width", side);
  }

  private static Map<String, Object> loaders(int batch) {
    Map<String, Object> whole = ordered("batch_size", batch, "shuffle", false, "drop_last", false);
    return ordered(
        "trainloader",
        ordered("batch_size", batch, "shuffle", true, "drop_last", true),
        "valloader",
        whole,
        "testloader",
        whole);
  }

  private static Map<String, Object> optimization(Training training) {
    long updates = (long) training.epochs() * training.iterations();
    return ordered(
        "optimizer",
        ordered("type", "AdamW", "params", ordered("lr", FROM_FIRST_WEIGHTS, "weight_decay", 0.01)),
        "scheduler",
        ordered(
            "type",
            List.of("LinearWarmup", "CosineAnnealingLR"),
            "params",
            ordered(
                "LinearWarmup",
                ordered("warmup_epochs", 0, "warmup_iters", Math.max(1, (int) (WARM_UP * updates))),
                "CosineAnnealingLR",
                ordered("eta_min", 1e-6))));
  }

  private Map<String, Object> training(Training training) {
    return ordered(
        "model_name",
        name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[^A-Za-z0-9]+", "compare_"),
        "epochs",
        training.epochs(),
        "val_every",
        training.validateEvery(),
        "log_every",
        Math.max(1, training.iterations()),
        "save_best_model",
        true,
        "grad_clipping",
        1.0,
        "use_tensorboard",
        false);
  }

  private Map<String, Object> own(Map<String, Object> medtrans) {
    Map<String, Object> all = new LinkedHashMap<>();
    look.dataset().ownKey().ifPresent(key -> all.put(key, look.own()));
    if (look.unreadable() > 0) {
      all.put("on_bad_image", "skip");
    }
    all.putAll(medtrans);
    return all;
  }

  /** The keys of the kind of data set, judged by {@code metric} where the file has to say so. */
  static JsonNode judged(DataLook look, MetricRule metric) {
    ObjectNode own = (ObjectNode) look.own().deepCopy();
    return metric.asked() ? own.put("target_metric", metric.metric().key()) : own;
  }

  /** Two large and four small crops of images of {@code size} pixels. */
  static Map<String, Object> crops(int size) {
    Map<String, Object> large = crop(size, List.of(0.4, 1.0));
    return ordered(
        "general_args",
        ordered("overwrite_defaults", true, "inherit", List.of("Resize", "Normalize")),
        "repetition_strategy",
        ordered(
            "n_augmentations", List.of(1, 1, 4), "order", List.of("global_1", "global_2", "local")),
        "transforms",
        ordered(
            "train_transforms",
            ordered("global_1", large, "global_2", large, "local", crop(size, List.of(0.1, 0.4)))));
  }

  private static Map<String, Object> crop(int size, List<Double> scale) {
    return ordered(
        "RandomResizedCrop",
        applied("size", size, "scale", scale),
        "HorizontalFlip",
        applied("p", 0.5),
        "ColorJitter",
        applied("brightness", 0.4, "contrast", 0.4, "p", 0.8));
  }

  /** What a phase without labels sets. */
  static Map<String, Object> dino(int size, int epochs) {
    return ordered(
        "medtrans.augmentation",
        crops(size),
        LEARNING_RATE,
        1e-4,
        "model_params.DINO",
        ordered("projection_size", 256, "moving_average_decay", 0.98, "teacher_temp", 0.04),
        "training_params.val_every",
        epochs);
  }

  static Map<String, Object> network(Setting setting) {
    Map<String, Object> set = ordered("model_params.backbone_type", setting.backbone().label());
    if (setting.patch() > 0) {
      set.put("model_params.transformers_params.patch_size", setting.patch());
    }
    return set;
  }

  /** In letters that tables and files may have. */
  static String printable(String title) {
    String name = title.replaceAll("[^\\p{L}\\p{N} _.:+()/-]", "_").strip();
    String whole =
        name.isEmpty() || !Character.isLetterOrDigit(name.codePointAt(0)) ? "data " + name : name;
    return whole.substring(0, Math.min(LARGEST_NAME, whole.length())).strip();
  }

  private static Map<String, Object> applied(Object... keys) {
    Map<String, Object> all = ordered("apply", true);
    all.putAll(ordered(keys));
    return all;
  }

  /** Names and values in turn. */
  static Map<String, Object> ordered(Object... keys) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keys.length; i += 2) {
      map.put((String) keys[i], keys[i + 1]);
    }
    return map;
  }

  /** An entry of an axis. */
  static Map<String, Object> entry(String label, Map<String, Object> set) {
    return ordered("label", label, "set", set);
  }
}
