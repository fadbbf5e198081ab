package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.DoubleBuffer;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.weights.Elements;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Section;

/** Compares a tensor with its type, shape and every value, bit for bit. */
final class TensorValues {
  /** Digits that tell all F32 numbers apart, and that case files have at least. */
  private static final int DIGITS = 9;

  private TensorValues() {}

  static void check(String name, Tensor found, Section expected, Comparison comparison) {
    comparison.equal(name + ".dtype", expected.take("dtype").asText(), torchName(found.dtype()));
    TensorSummary.checkShape(found, expected, comparison);
    JsonNode values = expected.take("values_row_major");
    comparison.equal(name + ".size", values.size(), found.elements());
    if (values.size() == found.elements()) {
      String path = name + ".values_row_major";
      switch (found.dtype()) {
        case F16, BF16, F32 -> checkFloats(path, values, Elements.floats(found), comparison);
        case F64 -> checkDoubles(path, values, found.data().asDoubleBuffer(), comparison);
        case BOOL, U8, I8, U16, I16, U32, I32, U64, I64 ->
            checkWhole(path, values, Elements.longs(found), comparison);
      }
    }
  }

  private static void checkFloats(
      String path, JsonNode values, float[] found, Comparison comparison) {
    for (int i = 0; i < found.length; i++) {
      comparison.equal(path, (float) Numbers.one(values.get(i), path), found[i]);
    }
  }

  private static void checkDoubles(
      String path, JsonNode values, DoubleBuffer found, Comparison comparison) {
    for (int i = 0; i < values.size(); i++) {
      double expected = Numbers.one(values.get(i), path);
      comparison.equal(path, expected, roundedAs(expected, found.get(i)));
    }
  }

  private static void checkWhole(
      String path, JsonNode values, long[] found, Comparison comparison) {
    for (int i = 0; i < found.length; i++) {
      JsonNode value = values.get(i);
      Object expected =
          value.isBoolean()
              ? (value.booleanValue() ? 1L : 0L)
              : value.bigIntegerValue().longValue();
      comparison.equal(path, expected, found[i]);
    }
  }

  /** {@code found} with as many digits as {@code expected} is written with. */
  private static double roundedAs(double expected, double found) {
    if (!Double.isFinite(found) || !Double.isFinite(expected)) {
      return found;
    }
    int digits = Math.max(DIGITS, BigDecimal.valueOf(expected).precision());
    return new BigDecimal(found)
        .round(new MathContext(digits, RoundingMode.HALF_EVEN))
        .doubleValue();
  }

  private static String torchName(DType dtype) {
    return switch (dtype) {
      case BOOL -> "bool";
      case U8 -> "uint8";
      case I8 -> "int8";
      case U16 -> "uint16";
      case I16 -> "int16";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
      case U32 -> "uint32";
      case I32 -> "int32";
      case F32 -> "float32";
      case U64 -> "uint64";
      case I64 -> "int64";
      case F64 -> "float64";
    };
  }
}
