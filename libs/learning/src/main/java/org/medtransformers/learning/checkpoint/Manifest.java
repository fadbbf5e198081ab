package org.medtransformers.learning.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.files.SpentCheckpoints;

/**
 * The file that makes a folder a checkpoint.
 *
 * @param sha256 of every other file, by name
 */
record Manifest(int attempt, long iteration, JsonNode progress, Map<String, String> sha256) {
  static final String FILE = SpentCheckpoints.MANIFEST;

  Manifest {
    sha256 = Collections.unmodifiableMap(new TreeMap<>(sha256));
  }

  /** Describes the files that lie in {@code folder}. */
  static Manifest of(Path folder, int attempt, long iteration, JsonNode progress)
      throws IOException {
    Map<String, String> sha256 = new TreeMap<>();
    for (Path file : files(folder)) {
      sha256.put(file.getFileName().toString(), Sha256.of(file));
    }
    return new Manifest(attempt, iteration, progress, sha256);
  }

  static Manifest read(Path folder) throws IOException {
    try {
      return Json.read(Files.readString(folder.resolve(FILE)), Manifest.class);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Throws {@link IOException} naming the first file that is missing or not as it was written. */
  void verify(Path folder) throws IOException {
    for (String file : sha256.keySet()) {
      verify(folder, file);
    }
  }

  /** The same for one file alone. */
  void verify(Path folder, String file) throws IOException {
    String found = Sha256.of(folder.resolve(file));
    String written = sha256.get(file);
    if (!found.equals(written)) {
      throw new IOException(file + " has SHA-256 " + found + ", written was " + written);
    }
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
