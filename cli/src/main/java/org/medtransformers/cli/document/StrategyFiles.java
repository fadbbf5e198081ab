package org.medtransformers.cli.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.medtransformers.experiment.NamedStrategies;

/** Puts the content of augmentation strategy files in the place of their names. */
public final class StrategyFiles {
  private StrategyFiles() {}

  /** The experiment document in {@code file}, with the strategies that it names beside itself. */
  public static ObjectNode whole(Path file) {
    ObjectNode document = DocumentFile.read(file);
    inline(document, file.toAbsolutePath().getParent());
    return document;
  }

  /**
   * Changes {@code document}, its matrix and phases.
   *
   * @param folder against which relative paths are taken
   * @throws org.medtransformers.contracts.error.MedtransException naming a file that is missing or
   *     no JSON object
   */
  static void inline(ObjectNode document, Path folder) {
    NamedStrategies.replace(document, name -> DocumentFile.read(folder.resolve(name)));
  }
}
