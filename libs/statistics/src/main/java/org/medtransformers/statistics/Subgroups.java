package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Images that have an attribute's value in common. Ages are put together in bands: below 40, 40 to
 * 59, 60 and above.
 */
public final class Subgroups {
  private static final String AGE = "age";

  private Subgroups() {}

  /**
   * Positions of the images by attribute and value, both in alphabetical order. An image without
   * the attribute is in none of its groups; one whose age is no number neither.
   *
   * @param attributes of each image
   */
  public static Map<String, Map<String, List<Integer>>> of(List<Map<String, String>> attributes) {
    Map<String, Map<String, List<Integer>>> groups = new TreeMap<>();
    IntStream.range(0, attributes.size())
        .forEach(
            i ->
                attributes
                    .get(i)
                    .forEach(
                        (name, value) -> {
                          String group = name.equals(AGE) ? band(value) : value;
                          if (!group.isEmpty()) {
                            groups
                                .computeIfAbsent(name, n -> new TreeMap<>())
                                .computeIfAbsent(group, g -> new ArrayList<>())
                                .add(i);
                          }
                        }));
    return new LinkedHashMap<>(groups);
  }

  /** Of an age in years. */
  static String band(String age) {
    try {
      double years = Double.parseDouble(age);
      return years < 40 ? "<40" : years < 60 ? "40-59" : years >= 60 ? "60+" : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }
}
