package org.medtransformers.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Numbers of a case file: JSON numbers, and NaN and infinities as texts. */
public final class Numbers {
  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private Numbers() {}

  /** One number. */
  public static double one(JsonNode node, String path) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isTextual() && NOT_FINITE.contains(node.textValue())) {
      return Double.parseDouble(node.textValue());
    }
    throw Mistakes.wrong(path, node, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
  }

  /** A number, or lists of numbers of any depth, in order. */
  public static double[] of(JsonNode node, String path) {
    return flat(node, path).toArray();
  }

  /** Whole numbers, exactly; see {@link #of}. */
  public static long[] integers(JsonNode node, String path) {
    return flat(node, path).mapToLong(value -> whole(value, path)).toArray();
  }

  /** A whole number from {@code least} to {@code most}. */
  public static int whole(JsonNode node, String path, int least, int most) {
    if (!node.isNumber() || node.doubleValue() != Math.rint(node.doubleValue())) {
      throw Mistakes.wrong(path, node, "a whole number");
    }
    if (node.doubleValue() < least || node.doubleValue() > most) {
      throw Mistakes.wrong(path, node, "a whole number from " + least + " to " + most);
    }
    return node.intValue();
  }

  public static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static long whole(double value, String path) {
    if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
      throw Mistakes.invalid(path + ": found " + value + ", allowed are whole numbers");
    }
    return (long) value;
  }

  private static DoubleStream flat(JsonNode node, String path) {
    if (!node.isArray()) {
      return DoubleStream.of(one(node, path));
    }
    DoubleStream.Builder all = DoubleStream.builder();
    node.forEach(item -> flat(item, path).forEach(all));
    return all.build();
  }
}
