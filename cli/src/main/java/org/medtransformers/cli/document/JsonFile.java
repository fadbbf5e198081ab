package org.medtransformers.cli.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.medtransformers.contracts.Json;

/** Writes a JSON file so that a reader sees all of it or the one before. */
public final class JsonFile {
  private JsonFile() {}

  /** Makes missing folders on the way. */
  public static void write(Path file, Object value) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, file.getFileName().toString(), ".tmp");
      try {
        Files.writeString(temporary, Json.pretty(value) + "\n");
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
