package org.medtransformers.tests.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;

/** What is said no more. */
final class Losses {
  private Losses() {}

  /**
   * Paths of what {@code was} says and {@code is} says otherwise, or not at all; more is no loss.
   */
  static List<String> between(JsonNode was, JsonNode is) {
    return between("", was, is);
  }

  private static List<String> between(String path, JsonNode was, JsonNode is) {
    if (was.isObject()) {
      return was.properties().stream()
          .flatMap(
              e -> between(path + "/" + e.getKey(), e.getValue(), is.path(e.getKey())).stream())
          .toList();
    }
    if (was.isArray() && was.size() == is.size()) {
      return IntStream.range(0, was.size())
          .boxed()
          .flatMap(i -> between(path + "/" + i, was.get(i), is.get(i)).stream())
          .toList();
    }
    return same(was, is) ? List.of() : List.of("%s: %s became %s".formatted(path, was, is));
  }

  /** A field that is null may be left out, and 1 may be written as 1.0. */
  private static boolean same(JsonNode was, JsonNode is) {
    if (was.isNumber() && is.isNumber()) {
      return was.asDouble() == is.asDouble();
    }
    return was.isNull() ? is.isNull() || is.isMissingNode() : was.equals(is);
  }
}
