package org.medtransformers.cli.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.experiment.Settings;

/**
 * What flags change in a document: first the flags with a name of their own, then every {@code
 * --set} in the order given.
 *
 * @param dataLocation replaces {@code dataset_params.data_location}
 * @param sets value by JSON path, each as typed
 * @param method value of {@code medtrans.method}, of the flags {@code --dino} and the like
 * @param testOnly evaluates {@code checkpoint}, or what the document's model name has, without
 *     training
 * @param checkpoint run whose model is evaluated
 */
public record Changes(
    Optional<Path> dataLocation,
    Optional<Integer> repetitions,
    Map<String, String> sets,
    Optional<String> gpus,
    Optional<TrainingMethod> method,
    boolean learningRateSearch,
    boolean requireGpu,
    boolean testOnly,
    Optional<String> checkpoint) {
  private static final List<String> PATHS =
      List.of(
          "dataset_params.data_location",
          "training_params.save_dir",
          "transfer_learning_params.pretrained_path",
          "medtrans.weights_file");

  /** Only another place for the data. */
  public static Changes dataLocation(Path folder) {
    return ofData(Optional.of(folder), Map.of());
  }

  /** Another place for the data, and single values. */
  public static Changes ofData(Optional<Path> folder, Map<String, String> sets) {
    return new Changes(
        folder,
        Optional.empty(),
        sets,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        false,
        Optional.empty());
  }

  /**
   * A changed copy of {@code document}. A relative {@code data_location}, {@code save_dir} or
   * {@code pretrained_path} or {@code weights_file}, be it of a flag or anywhere in the file, is
   * taken against {@code workingDirectory}, because services work elsewhere; so is the name of an
   * augmentation strategy's file, whose content is put in its place.
   *
   * @throws MedtransException if a path does not fit the document
   */
  public ObjectNode applyTo(ObjectNode document, Path workingDirectory) {
    ObjectNode changed = document.deepCopy();
    try {
      dataLocation.ifPresent(d -> set(changed, "dataset_params.data_location", d.toString()));
      repetitions.ifPresent(n -> Overrides.set(changed, "experiment.repetitions", Json.tree(n)));
      gpus.ifPresent(
          ids -> {
            set(changed, "system_params.which_GPUs", ids);
            flag(changed, "system_params.use_GPU");
          });
      method.ifPresent(m -> set(changed, "medtrans.method", m.label()));
      if (learningRateSearch) {
        flag(changed, "medtrans.lr_finder");
      }
      if (requireGpu) {
        flag(changed, "medtrans.require_gpu");
      }
      if (testOnly) {
        flag(changed, "medtrans.test_only");
        checkpoint.ifPresent(c -> set(changed, "medtrans.checkpoint", c));
      }
      sets.forEach((path, value) -> Overrides.set(changed, path, value(value)));
    } catch (IllegalArgumentException e) {
      throw MedtransException.of(ErrorCode.INVALID_REQUEST, e.getMessage(), e);
    }
    makeAbsolute(changed, workingDirectory);
    StrategyFiles.inline(changed, workingDirectory);
    return changed;
  }

  private static void set(ObjectNode document, String path, String text) {
    Overrides.set(document, path, TextNode.valueOf(text));
  }

  private static void flag(ObjectNode document, String path) {
    Overrides.set(document, path, Json.tree(true));
  }

  /** JSON where it is JSON, else the text itself: {@code 0.1}, {@code [64]}, {@code AdamW}. */
  public static JsonNode value(String typed) {
    try {
      JsonNode value = WholeText.parse(typed);
      return value.isMissingNode() ? TextNode.valueOf(typed) : value;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(typed);
    }
  }

  private static void makeAbsolute(ObjectNode document, Path workingDirectory) {
    makePathsAbsolute(document, workingDirectory);
    Settings.of(document).forEach(set -> makePathsAbsolute(set, workingDirectory));
  }

  /** In a document, or in what a matrix or phase sets, where a key may be a whole path. */
  private static void makePathsAbsolute(JsonNode node, Path workingDirectory) {
    for (String path : PATHS) {
      int dot = path.indexOf('.');
      makeAbsolute(node, path, workingDirectory);
      makeAbsolute(node.path(path.substring(0, dot)), path.substring(dot + 1), workingDirectory);
    }
  }

  private static void makeAbsolute(JsonNode node, String key, Path workingDirectory) {
    if (node instanceof ObjectNode object
        && object.path(key) instanceof TextNode path
        && !path.textValue().isBlank()) {
      object.put(
          key, workingDirectory.resolve(path.textValue()).toAbsolutePath().normalize().toString());
    }
  }
}
