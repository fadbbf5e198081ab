package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.experiment.augmentation.Strategy;
import org.medtransformers.experiment.augmentation.Strategy.NamedView;

/**
 * Settles which views of a training image a resolved run sees: those of the augmentation strategy
 * that it names, else its own where they are several, else those that its method is known for.
 * Afterwards {@code train_transforms} lists them and {@code medtrans.augmentation} is gone, so that
 * a resolved file means the same when it is read again.
 */
final class TrainingViews {
  private static final String KEY = "train_transforms";
  private static final String AUGMENTATION = "augmentation";
  private static final AugmentationRule STRATEGY = AugmentationRule.create();

  private TrainingViews() {}

  /**
   * Changes {@code config}.
   *
   * @return for each element of the training transforms, where in the user's document it comes from
   */
  static List<String> resolve(ObjectNode config, Findings findings) {
    ObjectNode dataset = (ObjectNode) config.get("dataset_params");
    Optional<Strategy> strategy = strategy(config, dataset.get(KEY), findings);
    if (strategy.isPresent()) {
      return overwrite(config, dataset, strategy.get(), findings);
    }
    if (!isSupervised(config) && isSingle(dataset.get(KEY))) {
      JsonNode view = only(dataset.get(KEY));
      dataset.putArray(KEY).add(view).add(view.deepCopy());
    }
    return paths(dataset.get(KEY));
  }

  /** Empty where the run's own transforms count. */
  private static Optional<Strategy> strategy(ObjectNode config, JsonNode own, Findings findings) {
    ObjectNode medtrans = (ObjectNode) config.get("medtrans");
    JsonNode strategy = medtrans.remove(AUGMENTATION);
    if (strategy == null && !isSupervised(config) && isSingle(own)) {
      strategy =
          STRATEGY.resolve("medtrans." + AUGMENTATION, medtrans.get("method"), findings, false);
    }
    return Optional.ofNullable(strategy)
        .map(s -> Json.convert(s, Strategy.class))
        .filter(s -> s.general().overwriteDefaults());
  }

  private static boolean isSupervised(ObjectNode config) {
    return config.at("/medtrans/method").asText().equals(TrainingMethod.SUPERVISED.label());
  }

  private static List<String> overwrite(
      ObjectNode config, ObjectNode dataset, Strategy strategy, Findings findings) {
    JsonNode own = dataset.get(KEY);
    if (own.isArray() && own.size() > 1 && !strategy.general().inherit().isEmpty()) {
      findings.invalid(
          "dataset_params." + KEY,
          "found a list of %d, allowed: one object, of which the augmentation strategy inherits"
              .formatted(own.size()));
    }
    JsonNode transformer = config.at("/model_params/transformers_params");
    int patchSize = transformer.path("patch_size").intValue();
    Backbone backbone = Backbone.of(config.at("/model_params/backbone_type").asText());
    int smallest =
        switch (backbone.family()) {
          case RESNET -> ViewChecks.SMALLEST_FOR_RESNET;
          case VISION_TRANSFORMER -> patchSize;
        };
    List<NamedView> views =
        strategy.views(only(own), transformer.at("/img_size/0").intValue(), patchSize, smallest);
    ArrayNode list = dataset.putArray(KEY);
    views.forEach(v -> list.add(v.transforms()));
    return views.stream()
        .map(v -> "medtrans.%s.transforms.%s.%s".formatted(AUGMENTATION, KEY, v.name()))
        .toList();
  }

  /** Whether {@code views} is one view; the crops of {@code MultiCrop} are several. */
  private static boolean isSingle(JsonNode views) {
    return (!views.isArray() || views.size() == 1)
        && !only(views).at("/MultiCrop/apply").asBoolean();
  }

  private static JsonNode only(JsonNode views) {
    return views.isArray() ? views.get(0) : views;
  }

  private static List<String> paths(JsonNode views) {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < (views.isArray() ? views.size() : 1); i++) {
      paths.add("dataset_params." + KEY + (views.isArray() ? "[" + i + "]" : ""));
    }
    return paths;
  }
}
