package org.medtransformers.cli.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import org.medtransformers.experiment.augmentation.BuiltInStrategies;

/**
 * Puts the content of augmentation strategy files in the place of their names, because a document
 * that is sent must be whole.
 */
public final class StrategyFiles {
  private static final String OBJECT = "medtrans";
  private static final String KEY = "augmentation";

  private StrategyFiles() {}

  /** The experiment document in {@code file}, with the strategies that it names beside itself. */
  public static ObjectNode whole(Path file) {
    ObjectNode document = DocumentFile.read(file);
    inline(document, file.toAbsolutePath().getParent());
    return document;
  }

  /**
   * Changes {@code document}, its matrix and phases; names of built-in strategies stay.
   *
   * @param folder against which relative paths are taken
   * @throws org.medtransformers.contracts.error.MedtransException naming a file that is missing or
   *     no JSON object
   */
  static void inline(ObjectNode document, Path folder) {
    inline(document.path(OBJECT), KEY, folder);
    Settings.of(document)
        .forEach(
            set -> {
              inline(set, OBJECT + "." + KEY, folder);
              inline(set.path(OBJECT), KEY, folder);
            });
  }

  private static void inline(JsonNode node, String key, Path folder) {
    if (node instanceof ObjectNode object
        && object.get(key) instanceof TextNode name
        && !BuiltInStrategies.NAMES.contains(name.textValue())) {
      object.set(key, DocumentFile.read(folder.resolve(name.textValue())));
    }
  }
}
