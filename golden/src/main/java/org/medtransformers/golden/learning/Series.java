package org.medtransformers.golden.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.parity.Section;

/** What was found step by step, by name; a case expects it whole or summarised. */
final class Series {
  private final Map<String, List<double[]>> found = new LinkedHashMap<>();

  void add(String name, double... values) {
    found.computeIfAbsent(name, n -> new ArrayList<>()).add(values);
  }

  /**
   * Compares with every key of {@code expected} that is a name, or a name with {@code _l2} or
   * {@code _first<count>} after it.
   */
  void check(Section expected) {
    for (String key : expected.keys()) {
      for (Map.Entry<String, List<double[]>> entry : found.entrySet()) {
        String name = entry.getKey();
        if (key.equals(name)) {
          expected.compare(key, flat(entry.getValue()));
        } else if (key.equals(name + "_l2")) {
          expected.compare(key, entry.getValue().stream().mapToDouble(TensorSummary::l2).toArray());
        } else if (TensorSummary.isFirst(key, name + "_")) {
          expected.compare(
              key, flat(entry.getValue().stream().map(v -> TensorSummary.first(v, key)).toList()));
        }
      }
    }
  }

  private static double[] flat(List<double[]> values) {
    return values.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
