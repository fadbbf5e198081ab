package org.medtransformers.experiment.augmentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.TrainingMethod;

/**
 * The strategies of the self-supervised methods, by the method's name; they are the files of {@code
 * configs/augmentation}.
 */
public final class BuiltInStrategies {
  /** Every name, in alphabetical order. */
  public static final List<String> NAMES =
      Arrays.stream(TrainingMethod.values())
          .filter(method -> !method.supervised())
          .map(TrainingMethod::label)
          .sorted()
          .toList();

  private BuiltInStrategies() {}

  /** A copy of the strategy called {@code name}; empty where there is none. */
  public static Optional<ObjectNode> of(String name) {
    return NAMES.contains(name) ? Optional.of(load(name)) : Optional.empty();
  }

  private static ObjectNode load(String name) {
    try (InputStream in = BuiltInStrategies.class.getResourceAsStream(name + ".json")) {
      JsonNode strategy = Json.mapper().readTree(in);
      return (ObjectNode) strategy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
