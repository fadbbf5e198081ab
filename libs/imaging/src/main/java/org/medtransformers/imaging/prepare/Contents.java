package org.medtransformers.imaging.prepare;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;

/**
 * How many images there are, and what they are like.
 *
 * @param counts images per class, by part
 */
record Contents(SplitSizes sizes, Map<Split, List<Integer>> counts, Statistics statistics) {
  /**
   * Of the images that were read.
   *
   * @param classes how many there are
   */
  static Contents of(List<Picture> pictures, int classes, ChannelSums sums) {
    Map<Split, List<Integer>> counts = new EnumMap<>(Split.class);
    for (Split part : Split.values()) {
      counts.put(part, perClass(pictures, classes, part));
    }
    return new Contents(
        new SplitSizes(
            count(pictures, Split.TRAIN), count(pictures, Split.VAL), count(pictures, Split.TEST)),
        counts,
        new Statistics(
            sums.mean(), sums.std(), Duplicates.among(pictures), NearDuplicates.among(pictures)));
  }

  private static int count(List<Picture> pictures, Split part) {
    return (int) pictures.stream().filter(p -> p.split() == part).count();
  }

  private static List<Integer> perClass(List<Picture> pictures, int classes, Split part) {
    int[] counts = new int[classes];
    pictures.stream()
        .filter(p -> p.split() == part)
        .flatMap(p -> p.classes().stream())
        .forEach(c -> counts[c]++);
    return Arrays.stream(counts).boxed().toList();
  }
}
