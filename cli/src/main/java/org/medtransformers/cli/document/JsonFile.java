package org.medtransformers.cli.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Writes a JSON file so that a reader sees all of it or the one before. */
public final class JsonFile {
  private JsonFile() {}

  /**
   * Finds out before hours of work whether {@code file} can be written after them.
   *
   * @throws MedtransException if not
   */
  public static void requireWritable(Path file) {
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      if (Files.isDirectory(file) || !Files.isWritable(folder)) {
        throw new IOException("a folder, or in a folder that is not writable");
      }
    } catch (IOException e) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }

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
