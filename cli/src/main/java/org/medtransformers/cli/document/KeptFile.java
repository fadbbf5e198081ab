package org.medtransformers.cli.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** A document that is written where nothing else is lost by it. */
public final class KeptFile {
  private static final int MOST = 1000;
  private static final String ENDING = ".json";

  private KeptFile() {}

  /**
   * Writes {@code document} to {@code folder} under {@code name}, or with the first number behind
   * it under which nothing else lies.
   *
   * @return where it is
   */
  public static Path write(Path folder, String name, Object document) {
    Path file =
        IntStream.rangeClosed(1, MOST)
            .mapToObj(i -> folder.resolve(name + (i == 1 ? "" : "-" + i) + ENDING))
            .filter(f -> isFree(f, document))
            .findFirst()
            .orElseThrow(() -> taken(folder.resolve(name + ENDING)));
    JsonFile.write(file, document);
    return file;
  }

  /**
   * Writes {@code document} to {@code file}.
   *
   * @throws MedtransException where something else lies there
   */
  public static void write(Path file, Object document) {
    if (!isFree(file, document)) {
      throw taken(file);
    }
    JsonFile.write(file, document);
  }

  private static boolean isFree(Path file, Object document) {
    try {
      return Files.notExists(file)
          || Json.parse(Files.readString(file)).equals(Json.parse(Json.write(document)));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static MedtransException taken(Path file) {
    return MedtransException.of(
        ErrorCode.INVALID_REQUEST, file + ": there is another file; allowed: a new name");
  }
}
