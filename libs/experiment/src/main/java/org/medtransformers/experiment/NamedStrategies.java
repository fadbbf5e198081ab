package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.Function;
import org.medtransformers.experiment.augmentation.BuiltInStrategies;

/**
 * Augmentation strategies that a document names by their files. A document that is sent must be
 * whole: their content has to stand in the place of the name.
 */
public final class NamedStrategies {
  private static final String OBJECT = "medtrans";
  private static final String KEY = "augmentation";

  private NamedStrategies() {}

  /**
   * Changes {@code document}, its matrix and phases; names of built-in strategies stay.
   *
   * @param content of the file of a name
   */
  public static void replace(ObjectNode document, Function<String, ObjectNode> content) {
    replace(document.path(OBJECT), KEY, content);
    Settings.of(document)
        .forEach(
            set -> {
              replace(set, OBJECT + "." + KEY, content);
              replace(set.path(OBJECT), KEY, content);
            });
  }

  private static void replace(JsonNode node, String key, Function<String, ObjectNode> content) {
    if (node instanceof ObjectNode object
        && object.get(key) instanceof TextNode name
        && !BuiltInStrategies.NAMES.contains(name.textValue())) {
      object.set(key, content.apply(name.textValue()));
    }
  }
}
