package org.medtransformers.learning.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A saved state of a training.
 *
 * @param folder holds the learner's files
 * @param attempt of the job that wrote it
 * @param iteration iterations done
 * @param progress what the training loop needs besides the learner
 */
public record Checkpoint(Path folder, int attempt, long iteration, JsonNode progress) {
  /**
   * A later attempt wins whatever the iteration: a stale process may still write checkpoints after
   * a newer attempt has resumed from an earlier one.
   */
  static final Comparator<Checkpoint> NEWEST_FIRST =
      Comparator.comparingInt(Checkpoint::attempt)
          .thenComparingLong(Checkpoint::iteration)
          .reversed();
}
