package org.medtransformers.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.medtransformers.contracts.tensor.Tensor;

/** Tensors that need no file: each number is a hash of the tensor's name and the position. */
public final class Fill {
  /** A quarter of a gigabyte; stops a forged shape from filling the memory. */
  private static final long MAX_ELEMENTS = 1L << 26;

  private Fill() {}

  /** F32 numbers in {@code offset ± scale / 2}, rounded once. */
  public static float[] floats(String name, int elements, double scale, double offset) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    int base = (int) crc.getValue();
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      int x = base + i * 0x9E3779B9;
      x ^= x >>> 16;
      x *= 0x7feb352d;
      x ^= x >>> 15;
      x *= 0x846ca68b;
      x ^= x >>> 16;
      values[i] = (float) (((x >>> 8) * 0x1p-24 - 0.5) * scale + offset);
    }
    return values;
  }

  public static Tensor tensor(String name, List<Long> shape, double scale, double offset) {
    long[] sides = shape.stream().mapToLong(Long::longValue).toArray();
    return Tensor.ofFloats(floats(name, elements(shape), scale, offset), sides);
  }

  /** The tensor that {@code {"name", "shape", "scale", "offset"}} describes; offset may miss. */
  public static Tensor described(JsonNode node, String path) {
    JsonNode offset = node.path("offset");
    return tensor(
        node.path("name").asText(),
        shape(node.path("shape"), path + ".shape"),
        Numbers.one(node.path("scale"), path + ".scale"),
        offset.isMissingNode() ? 0 : Numbers.one(offset, path + ".offset"));
  }

  /** Sizes of a tensor. */
  public static List<Long> shape(JsonNode node, String path) {
    if (!node.isArray()) {
      throw Mistakes.wrong(path, node, "a list of sizes");
    }
    List<Long> shape = Arrays.stream(Numbers.integers(node, path)).boxed().toList();
    if (shape.stream().anyMatch(side -> side < 0)) {
      throw Mistakes.wrong(path, node, "sizes of 0 or more");
    }
    return shape;
  }

  private static int elements(List<Long> shape) {
    long elements = 1;
    for (long side : shape) {
      elements = side > MAX_ELEMENTS ? MAX_ELEMENTS + 1 : elements * side;
      if (elements > MAX_ELEMENTS) {
        throw Mistakes.invalid(
            "a tensor of " + shape + ", allowed are " + MAX_ELEMENTS + " elements");
      }
    }
    return (int) elements;
  }
}
