package org.medtransformers.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.parity.Fill;

/** Reference numbers of PyTorch and scikit-learn, and the rule that fills their tensors. */
public final class Golden {
  private Golden() {}

  /** A case of the golden folder. */
  public static JsonNode read(String file) {
    return resource("/golden/" + file);
  }

  /** What {@code src/test/python/reference.py} computed with PyTorch. */
  public static JsonNode pyTorch(String file) {
    return resource("/pytorch/" + file);
  }

  private static JsonNode resource(String path) {
    try (InputStream in = Golden.class.getResourceAsStream(path)) {
      return Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The deterministic fill: a hash of name and position, scaled and shifted. */
  public static float[] fill(String name, int elements, double scale, double offset) {
    return Fill.floats(name, elements, scale, offset);
  }

  public static Tensor fill(String name, JsonNode shape, double scale, double offset) {
    long[] sides = new long[shape.size()];
    int elements = 1;
    for (int i = 0; i < sides.length; i++) {
      sides[i] = shape.get(i).asLong();
      elements *= shape.get(i).asInt();
    }
    return Tensor.ofFloats(fill(name, elements, scale, offset), sides);
  }

  /** Asserts |value - E| <= atol + rtol |E| for every entry of {@code check.expected}. */
  public static void assertWithin(JsonNode check, double[] values, String what) {
    List<Double> expected = new ArrayList<>();
    flatten(check.get("expected"), expected);
    assertEquals(expected.size(), values.length, what);
    for (int i = 0; i < values.length; i++) {
      JsonNode atol = check.get("atol");
      double allowed = (atol.isArray() ? atol.get(i) : atol).asDouble();
      allowed += check.path("rtol").asDouble(0) * Math.abs(expected.get(i));
      double deviation = Math.abs(values[i] - expected.get(i));
      assertTrue(
          deviation <= allowed,
          what + "[" + i + "] = " + values[i] + ", expected " + expected.get(i) + " ± " + allowed);
    }
  }

  /** A number, or NaN and infinities written as text. */
  public static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.textValue()) : node.doubleValue();
  }

  public static double[] numbers(JsonNode node) {
    List<Double> values = new ArrayList<>();
    flatten(node, values);
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  public static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  public static double l2(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private static void flatten(JsonNode node, List<Double> into) {
    if (node.isArray()) {
      node.forEach(item -> flatten(item, into));
    } else {
      into.add(number(node));
    }
  }
}
