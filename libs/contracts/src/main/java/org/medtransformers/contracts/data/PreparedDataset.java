package org.medtransformers.contracts.data;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A data set that has been decoded once.
 *
 * @param id content hash, also the name of its folder below {@code datasets/}
 * @param leakingGroups patients or lesions that occur in more than one split; null where unknown
 * @param split null for a set of before splits were told apart
 * @param skipped images left out because they could not be read
 * @param warnings what a researcher must know of it before believing a number
 */
public record PreparedDataset(
    String id,
    DatasetDescription description,
    SplitSizes sizes,
    Integer leakingGroups,
    UsedSplit split,
    int skipped,
    List<String> warnings) {
  /** As warnings have them: {@code image files with different labels: 2 (a = b, c = d)}. */
  private static final Pattern EXAMPLES = Pattern.compile("(?s)(: \\d+) \\(.*\\)$");

  public PreparedDataset {
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /** What tells its test images from others, whatever size they have been brought to. */
  public String testImages() {
    if (split == null) {
      return id;
    }
    return split.heldOut() == null ? split.sha256() : split.heldOut();
  }

  /** The same, its warnings without the names of images that stand behind their numbers. */
  public PreparedDataset withoutExamples() {
    return new PreparedDataset(
        id,
        description,
        sizes,
        leakingGroups,
        split,
        skipped,
        warnings.stream().map(w -> EXAMPLES.matcher(w).replaceFirst("$1")).toList());
  }

  /**
   * The same under the name that tables have for it, in its warnings too: it was prepared under
   * that of its kind, which other sets have.
   */
  public PreparedDataset titled(String title) {
    String kind = description.name() + ":";
    return new PreparedDataset(
        id,
        description.named(title),
        sizes,
        leakingGroups,
        split,
        skipped,
        warnings.stream()
            .map(w -> w.startsWith(kind) ? title + ":" + w.substring(kind.length()) : w)
            .toList());
  }
}
