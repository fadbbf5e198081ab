package org.medtransformers.gateway.report.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.medtransformers.gateway.report.Rounding;

/** Pieces of English. */
final class Words {
  private Words() {}

  /** {@code a, b and c}. */
  static String list(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  /** {@code 1 image}, {@code 1,234 images}. */
  static String count(long n, String one) {
    return "%s %s%s".formatted(Rounding.count(n), one, n == 1 ? "" : "s");
  }

  /** As short as it is written without losing a digit: {@code 0.0005}, {@code 1e-6}. */
  static String number(double value) {
    if (Double.isInfinite(value) || Double.isNaN(value)) {
      return Double.toString(value);
    }
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    String plain = exact.toPlainString();
    if (plain.length() <= 7) {
      return plain;
    }
    int exponent = exact.precision() - exact.scale() - 1;
    return "%se%d"
        .formatted(exact.movePointLeft(exponent).stripTrailingZeros().toPlainString(), exponent);
  }

  /** To the second, {@code 2026-01-02 03:04:05 UTC}. */
  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  /** {@code 224 × 224 pixels}. */
  static String pixels(int height, int width) {
    return "%d × %d pixels".formatted(height, width);
  }

  /** Parameters by name, such as {@code lr 0.001, betas 0.9 and 0.999}. */
  static String parameters(JsonNode parameters) {
    List<String> named = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : parameters.properties()) {
      String value = value(entry.getValue());
      if (!value.isEmpty()) {
        named.add(entry.getKey().replace('_', ' ') + " " + value);
      }
    }
    return String.join(", ", named);
  }

  private static String value(JsonNode value) {
    if (value.isArray()) {
      return list(
          StreamSupport.stream(value.spliterator(), false)
              .map(Words::value)
              .collect(Collectors.toList()));
    }
    if (value.isNumber()) {
      return number(value.doubleValue());
    }
    return value.isBoolean()
        ? (value.booleanValue() ? "on" : "off")
        : value.isNull() ? "" : value.asText();
  }
}
