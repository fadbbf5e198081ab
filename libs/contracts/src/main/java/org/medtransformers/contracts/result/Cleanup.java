package org.medtransformers.contracts.result;

import java.util.List;
import java.util.Objects;
import org.medtransformers.contracts.audit.Rehearsal;

/**
 * What was removed since nobody needs it any more, or with {@code dryRun} what would be.
 *
 * @param dryRun whether nothing was changed
 * @param failures what could not be removed, or looked at, now, and why: a line each. It is tried
 *     again the next time
 */
public record Cleanup(boolean dryRun, List<Item> items, List<String> failures)
    implements Rehearsal {
  public Cleanup {
    items = List.copyOf(items);
    failures = List.copyOf(Objects.requireNonNullElse(failures, List.of()));
  }

  /**
   * Of one kind.
   *
   * @param kind {@code checkpoints}: of runs that have ended, what only their training could go on
   *     with; {@code orphans}: folders of runs that were deleted; {@code datasets}: prepared sets
   *     above the quota; {@code progress}: rows of curves
   * @param count of runs, folders, sets or rows
   * @param bytes on the disk; null for rows
   */
  public record Item(String kind, long count, Long bytes) {}
}
