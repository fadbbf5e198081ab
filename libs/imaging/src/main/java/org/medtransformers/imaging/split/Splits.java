package org.medtransformers.imaging.split;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medtransformers.contracts.data.Split;

/**
 * Numbers of the images in each part, in the order in which they are served.
 *
 * @param scheme how they came there
 * @param train numbers from 0, the position in the label file
 */
public record Splits(
    SplitScheme scheme, List<Integer> train, List<Integer> val, List<Integer> test) {
  public Splits {
    train = List.copyOf(train);
    val = List.copyOf(val);
    test = List.copyOf(test);
  }

  /** The split that a data set brings along. */
  public Splits(List<Integer> train, List<Integer> val, List<Integer> test) {
    this(SplitScheme.OFFICIAL, train, val, test);
  }

  public List<Integer> of(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VAL -> val;
      case TEST -> test;
    };
  }

  /**
   * The same parts, of images that have other numbers now.
   *
   * @param places the new number of each; below 0 where the image is in no part any more
   */
  public Splits renumbered(int[] places) {
    return new Splits(
        scheme, renumbered(train, places), renumbered(val, places), renumbered(test, places));
  }

  private static List<Integer> renumbered(List<Integer> part, int[] places) {
    return part.stream().map(i -> places[i]).filter(place -> place >= 0).toList();
  }

  /** The number of images in all parts together. */
  public int size() {
    return train.size() + val.size() + test.size();
  }

  /** How many groups (patients, lesions) have images in more than one part. */
  public int leakingGroups(List<String> groups) {
    Map<String, Set<Split>> parts = new HashMap<>();
    for (Split split : Split.values()) {
      for (int i : of(split)) {
        String group = groups.get(i);
        if (!group.isEmpty()) {
          parts.computeIfAbsent(group, g -> EnumSet.noneOf(Split.class)).add(split);
        }
      }
    }
    return (int) parts.values().stream().filter(p -> p.size() > 1).count();
  }
}
