package org.medtransformers.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;

/**
 * Which checkpoints of a run have its best models: {@code best.json} beside them.
 *
 * @param checkpoint name of the best one's folder; null where none is marked
 * @param next those that come after the best, in order; null in files of before
 */
public record BestCheckpoints(String checkpoint, List<String> next) {
  public static final String FILE = "best.json";

  private static final BestCheckpoints NONE = new BestCheckpoints(null, null);
  private static final System.Logger LOG = System.getLogger(BestCheckpoints.class.getName());

  public BestCheckpoints {
    next = next == null ? List.of() : List.copyOf(next);
  }

  /** What the file in {@code checkpoints} says; a missing or damaged one marks none. */
  public static BestCheckpoints read(Path checkpoints) throws IOException {
    Path file = checkpoints.resolve(FILE);
    if (!Files.exists(file)) {
      return NONE;
    }
    try {
      return Json.read(Files.readString(file), BestCheckpoints.class);
    } catch (UncheckedIOException e) {
      LOG.log(System.Logger.Level.WARNING, () -> file + " is damaged: " + e);
      return NONE;
    }
  }

  /** Names of folders, the best first. */
  public List<String> names() {
    return Stream.concat(Stream.ofNullable(checkpoint), next.stream()).toList();
  }
}
