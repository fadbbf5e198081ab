package org.medtransformers.contracts.result;

import java.util.List;

/**
 * What was removed since nobody needs it any more, or with {@code dryRun} what would be.
 *
 * @param dryRun whether nothing was changed
 */
public record Cleanup(boolean dryRun, List<Item> items) {
  public Cleanup {
    items = List.copyOf(items);
  }

  /**
   * Of one kind.
   *
   * @param kind {@code checkpoints}: of runs that have ended, what only their training could go on
   *     with; {@code datasets}: prepared sets above the quota; {@code progress}: rows of curves
   * @param count of runs, sets or rows
   * @param bytes on the disk; null for rows
   */
  public record Item(String kind, long count, Long bytes) {}
}
