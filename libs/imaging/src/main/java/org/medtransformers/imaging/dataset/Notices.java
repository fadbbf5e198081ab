package org.medtransformers.imaging.dataset;

import java.util.List;

/** One line for any number of things. */
public final class Notices {
  private static final int MOST_NAMED = 5;

  private Notices() {}

  /** {@code WHAT: 2 (a, b)}; none where there is none. */
  static List<String> some(String what, List<String> names) {
    return names.isEmpty()
        ? List.of()
        : List.of("%s: %d (%s)".formatted(what, names.size(), named(names, ", ")));
  }

  /** The first few of {@code names}. */
  public static String named(List<String> names, String separator) {
    String first = String.join(separator, names.subList(0, Math.min(MOST_NAMED, names.size())));
    return names.size() <= MOST_NAMED ? first : first + " and more";
  }
}
