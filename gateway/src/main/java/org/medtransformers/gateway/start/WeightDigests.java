package org.medtransformers.gateway.start;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.medtransformers.contracts.Sha256;

/**
 * Fingerprints of weight files, each made once for a state of the file, however many runs begin
 * with it. The state is what every change of a file changes too: device, inode, size, and the times
 * of the last change of its content and of anything else about it.
 */
@Singleton
final class WeightDigests {
  private static final String ATTRIBUTES = "unix:dev,ino,size,lastModifiedTime,ctime";
  private static final long KEPT = 1000;

  private final Cache<State, String> known = Caffeine.newBuilder().maximumSize(KEPT).build();

  private record State(Path file, Map<String, Object> attributes) {
    static State of(Path file) throws IOException {
      return new State(file, Map.copyOf(Files.readAttributes(file, ATTRIBUTES)));
    }
  }

  /**
   * SHA-256 of the content of {@code file}, in hex.
   *
   * @param file absolute, links resolved
   * @throws IOException if it cannot be read, or changes while it is
   */
  String of(Path file) throws IOException {
    State state = State.of(file);
    String digest;
    try {
      digest = known.get(state, s -> hash(file));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (!state.equals(State.of(file))) {
      known.invalidate(state);
      throw new IOException("it is just being written");
    }
    return digest;
  }

  private static String hash(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
