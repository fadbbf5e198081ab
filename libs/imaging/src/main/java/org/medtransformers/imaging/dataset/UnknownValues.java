package org.medtransformers.imaging.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the images of which a label file does not know the patient or an attribute. */
final class UnknownValues {
  private UnknownValues() {}

  /**
   * One line for all columns; none where everything is known.
   *
   * @param attributes those whose columns are there
   */
  static List<String> notices(
      GroupColumn groups, AttributeColumns attributes, List<Sample> samples) {
    List<String> found = new ArrayList<>();
    long alone = samples.stream().filter(s -> s.group().isEmpty()).count();
    if (groups.name() != null && alone > 0) {
      found.add("%d in column %s, each a group of its own".formatted(alone, groups.name()));
    }
    for (Map.Entry<String, String> a : new TreeMap<>(attributes.byAttribute()).entrySet()) {
      long without = samples.stream().filter(s -> !s.attributes().containsKey(a.getKey())).count();
      if (without > 0) {
        found.add("%d in column %s, in none of its subgroups".formatted(without, a.getValue()));
      }
    }
    return found.isEmpty()
        ? List.of()
        : List.of(
            "images, of %d, whose value is not known (empty, nan, unknown, no age): %s"
                .formatted(samples.size(), String.join("; ", found)));
  }
}
