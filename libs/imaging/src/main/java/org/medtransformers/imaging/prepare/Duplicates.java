package org.medtransformers.imaging.prepare;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    int files, int images, int acrossParts, int differingLabels, List<Copies> examples) {
  static final int MOST_EXAMPLES = 100;

  static Duplicates among(List<Picture> pictures) {
    List<Copies> files =
        bySha256(pictures).stream().filter(r -> r.size() > 1).map(Copies::of).toList();
    return new Duplicates(
        files.size(),
        files.stream().mapToInt(Copies::images).sum(),
        (int) files.stream().filter(Copies::acrossParts).count(),
        (int) files.stream().filter(Copies::differingLabels).count(),
        files.stream().sorted(Copies.ORDER).limit(MOST_EXAMPLES).toList());
  }

  /** The pictures of each file. */
  static Collection<List<Picture>> bySha256(List<Picture> pictures) {
    Map<String, List<Picture>> files =
        pictures.stream()
            .collect(
                Collectors.groupingBy(Picture::sha256, LinkedHashMap::new, Collectors.toList()));
    return files.values();
  }
}
