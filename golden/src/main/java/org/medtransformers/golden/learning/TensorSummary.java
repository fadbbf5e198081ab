package org.medtransformers.golden.learning;

import java.util.Arrays;
import java.util.Map;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Section;

/**
 * What a case says of a large tensor: its first numbers ({@code first8}), its Euclidean norm
 * ({@code l2}), its {@code sum}.
 */
final class TensorSummary {
  private TensorSummary() {}

  /** Compares with every summary in {@code expected} whose key begins with {@code prefix}. */
  static void check(double[] found, String prefix, Section expected) {
    for (String key : expected.keys()) {
      if (isFirst(key, prefix)) {
        expected.compare(key, first(found, count(key)));
      } else if (key.equals(prefix + "l2")) {
        expected.compare(key, l2(found));
      } else if (key.equals(prefix + "sum")) {
        expected.compare(key, sum(found));
      }
    }
  }

  /** As {@link #check}, row by row of a [rows, features] tensor. */
  static void checkRows(Tensor found, String prefix, Section expected) {
    int rows = found.shape().get(0).intValue();
    for (String key : expected.keys()) {
      if (isFirst(key, prefix)) {
        double[][] firsts = new double[rows][];
        Arrays.setAll(firsts, i -> first(row(found, i), count(key)));
        expected.compare(key, Arrays.stream(firsts).flatMapToDouble(Arrays::stream).toArray());
      } else if (key.equals(prefix + "l2")) {
        expected.compare(key, l2PerRow(found));
      }
    }
  }

  /** Compares the first numbers of the tensors that the object at {@code key} names. */
  static void checkFirst(Map<String, Tensor> found, String key, Section expected) {
    Section tensors = expected.section(key);
    for (String name : tensors.keys()) {
      if (found.containsKey(name)) {
        tensors.compare(name, first(found.get(name).doubles(), count(key)));
      }
    }
  }

  static void checkShape(Tensor found, Section expected, Comparison comparison) {
    double[] shape = found.shape().stream().mapToDouble(Long::doubleValue).toArray();
    double[] wanted = Numbers.of(expected.take("shape"), expected.path("shape"));
    comparison.equal(expected.path("shape"), Arrays.toString(wanted), Arrays.toString(shape));
  }

  /** Whether {@code key} asks for the first numbers: the prefix, "first", a count. */
  static boolean isFirst(String key, String prefix) {
    return key.startsWith(prefix) && key.substring(prefix.length()).matches("first[1-9][0-9]{0,4}");
  }

  /** As many of the first numbers as {@code key} asks for. */
  static double[] first(double[] values, String key) {
    return first(values, count(key));
  }

  static double[] l2PerRow(Tensor found) {
    double[] norms = new double[found.shape().get(0).intValue()];
    Arrays.setAll(norms, i -> l2(row(found, i)));
    return norms;
  }

  static double[] row(Tensor found, int row) {
    int features = found.shape().get(1).intValue();
    return Arrays.copyOfRange(found.doubles(), row * features, (row + 1) * features);
  }

  static double l2(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double[] first(double[] values, int count) {
    return Arrays.copyOf(values, Math.min(count, values.length));
  }

  private static int count(String key) {
    return Integer.parseInt(key.substring(key.lastIndexOf("first") + "first".length()));
  }
}
