package org.medtransformers.parity;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How far a number may lie from the expected one: by {@code atol + rtol * |expected|}, each one for
 * all entries, or one per entry.
 */
public final class Tolerance {
  /** Equal and nothing else. */
  public static final Tolerance EXACT = absolute(0);

  private final double[] atol;
  private final double[] rtol;

  private Tolerance(double[] atol, double[] rtol) {
    this.atol = atol;
    this.rtol = rtol;
  }

  public static Tolerance absolute(double atol) {
    return new Tolerance(new double[] {atol}, new double[] {0});
  }

  public static Tolerance relative(double rtol) {
    return new Tolerance(new double[] {0}, new double[] {rtol});
  }

  /**
   * Reads {@code atol} and {@code rtol} of an object, each a number or a list; 0 where missing. A
   * text that begins with "exact" means {@link #EXACT}.
   */
  public static Tolerance of(JsonNode node, String path) {
    if (node.isTextual() && node.textValue().startsWith("exact")) {
      return EXACT;
    }
    if (!node.isObject() || !(node.has("atol") || node.has("rtol"))) {
      throw Mistakes.wrong(path, node, "{\"atol\", \"rtol\"} or \"exact\"");
    }
    return read(node, path);
  }

  /** The tolerance inside {@code node}; exact where it has none. */
  static Tolerance read(JsonNode node, String path) {
    return new Tolerance(limits(node, path, "atol"), limits(node, path, "rtol"));
  }

  double allowed(int index, double expected) {
    return limit(atol, index) + limit(rtol, index) * Math.abs(expected);
  }

  /** Whether there is a limit for each of {@code entries} numbers. */
  boolean fits(int entries) {
    return fits(atol, entries) && fits(rtol, entries);
  }

  private static boolean fits(double[] limits, int entries) {
    return limits.length == 1 || limits.length == entries;
  }

  private static double limit(double[] limits, int index) {
    return limits.length == 1 ? limits[0] : limits[index];
  }

  private static double[] limits(JsonNode node, String path, String key) {
    if (!node.has(key)) {
      return new double[1];
    }
    double[] limits = Numbers.of(node.get(key), path + "." + key);
    for (double limit : limits) {
      if (!Double.isFinite(limit) || limit < 0) {
        throw Mistakes.wrong(path + "." + key, node.get(key), "finite numbers, 0 or more");
      }
    }
    return limits;
  }
}
