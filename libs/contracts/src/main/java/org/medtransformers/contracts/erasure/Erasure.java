package org.medtransformers.contracts.erasure;

import java.util.List;
import org.medtransformers.contracts.audit.Rehearsal;

/**
 * What an erasure found and removed, or with {@code dryRun} would remove. The group or image itself
 * is not in it.
 *
 * @param done whether all of it is gone; false of a dry run, and where the rest goes later by
 *     itself
 * @param sets prepared data sets, which go whole: they are prepared again without the images
 * @param runs whose files are changed
 * @param originals files that the images came from, which stay: they are not ours
 * @param kept what stays of the images and cannot be erased
 * @param failures why it is not done yet, a line each
 */
public record Erasure(
    boolean dryRun,
    boolean done,
    List<DataErasure.Found> sets,
    List<Run> runs,
    List<String> originals,
    List<String> kept,
    List<String> failures)
    implements Rehearsal {
  public Erasure {
    sets = List.copyOf(sets);
    runs = List.copyOf(runs);
    originals = List.copyOf(originals);
    kept = List.copyOf(kept);
    failures = List.copyOf(failures);
  }

  /**
   * A run whose data had such images, or that said something of one.
   *
   * @param images of its data, as far as is known
   */
  public record Run(String id, String modelName, int images) {}
}
