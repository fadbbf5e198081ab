package org.medtransformers.imaging.prepare;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.contracts.data.Split;

/**
 * Images whose files are the same, byte for byte.
 *
 * @param files that occur more than once
 * @param images that have one of these files
 * @param acrossParts such files with images in more than one part of the split
 * @param differingLabels such files with images of different labels
 * @param examples the first of them, those across parts and with differing labels before others
 */
public record Duplicates(
    int files, int images, int acrossParts, int differingLabels, List<File> examples) {
  private static final int MOST_FILES = 100;
  private static final int MOST_COPIES = 5;

  /**
   * @param images that have this file
   * @param copies the first of these images
   */
  public record File(
      String sha256, int images, boolean acrossParts, boolean differingLabels, List<Copy> copies) {}

  /** One image. */
  public record Copy(String id, Split split) {}

  static Duplicates among(List<IndexRow> rows) {
    Map<String, List<IndexRow>> bySha256 =
        rows.stream()
            .collect(
                Collectors.groupingBy(IndexRow::sha256, LinkedHashMap::new, Collectors.toList()));
    List<File> files =
        bySha256.values().stream().filter(r -> r.size() > 1).map(Duplicates::file).toList();
    return new Duplicates(
        files.size(),
        files.stream().mapToInt(File::images).sum(),
        (int) files.stream().filter(File::acrossParts).count(),
        (int) files.stream().filter(File::differingLabels).count(),
        files.stream()
            .sorted(
                Comparator.comparing(File::acrossParts)
                    .thenComparing(File::differingLabels)
                    .reversed())
            .limit(MOST_FILES)
            .toList());
  }

  private static File file(List<IndexRow> same) {
    return new File(
        same.get(0).sha256(),
        same.size(),
        same.stream().map(IndexRow::split).distinct().count() > 1,
        same.stream().map(IndexRow::classes).distinct().count() > 1,
        same.stream().limit(MOST_COPIES).map(r -> new Copy(r.id(), r.split())).toList());
  }
}
