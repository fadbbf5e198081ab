package org.medtransformers.contracts.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An array of numbers in row-major order, little endian.
 *
 * @param shape sizes; empty for a scalar
 * @param data exactly the elements' bytes, shared with whoever made the tensor and not copied
 */
public record Tensor(DType dtype, List<Long> shape, ByteBuffer data) {
  /** Throws {@link IllegalArgumentException} if shape and data do not fit together. */
  public Tensor {
    shape = List.copyOf(shape);
    data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (byteSize(dtype, shape) != data.remaining()) {
      throw new IllegalArgumentException(
          dtype
              + " "
              + shape
              + " needs "
              + byteSize(dtype, shape)
              + " bytes, got "
              + data.remaining());
    }
  }

  /**
   * Tensors [n, …], [m, …], … one after the other, [n + m + …, …]; they differ in their first size
   * at most.
   */
  public static Tensor concatenated(List<Tensor> parts) {
    Tensor first = parts.get(0);
    List<Long> rest = first.shape().subList(1, first.shape().size());
    long rows = 0;
    int bytes = 0;
    for (Tensor part : parts) {
      if (part.dtype() != first.dtype()
          || !part.shape().subList(1, part.shape().size()).equals(rest)) {
        throw new IllegalArgumentException(
            "cannot put " + part.shape() + " after " + first.shape());
      }
      rows += part.shape().get(0);
      bytes = Math.addExact(bytes, part.data().remaining());
    }
    ByteBuffer all = ByteBuffer.allocate(bytes);
    parts.forEach(part -> all.put(part.data()));
    List<Long> shape = new ArrayList<>(rest);
    shape.add(0, rows);
    return new Tensor(first.dtype(), shape, all.rewind());
  }

  /** A copy of some rows of a tensor [n, …], in the order given. */
  public Tensor rows(int... wanted) {
    int bytes = data.remaining() / Math.toIntExact(shape.get(0));
    ByteBuffer copy = ByteBuffer.allocate(Math.multiplyExact(bytes, wanted.length));
    for (int row : wanted) {
      copy.put(data.slice(row * bytes, bytes));
    }
    List<Long> sizes = new ArrayList<>(shape);
    sizes.set(0, (long) wanted.length);
    return new Tensor(dtype, sizes, copy.rewind());
  }

  /** A fresh little-endian view of the elements' bytes, read-only. */
  @Override
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The number of elements. */
  public int elements() {
    return data.remaining() / dtype.bytes();
  }

  public static Tensor ofFloats(float[] values, long... shape) {
    ByteBuffer bytes = allocate(values.length, DType.F32);
    bytes.asFloatBuffer().put(values);
    return new Tensor(DType.F32, list(shape), bytes);
  }

  public static Tensor ofLongs(long[] values, long... shape) {
    ByteBuffer bytes = allocate(values.length, DType.I64);
    bytes.asLongBuffer().put(values);
    return new Tensor(DType.I64, list(shape), bytes);
  }

  public static Tensor ofDoubles(double[] values, long... shape) {
    ByteBuffer bytes = allocate(values.length, DType.F64);
    bytes.asDoubleBuffer().put(values);
    return new Tensor(DType.F64, list(shape), bytes);
  }

  /** Unsigned bytes; the array is shared, not copied. */
  public static Tensor ofBytes(byte[] values, long... shape) {
    return new Tensor(DType.U8, list(shape), ByteBuffer.wrap(values));
  }

  /** A copy of the elements; throws {@link IllegalStateException} unless they are F32. */
  public float[] floats() {
    require(DType.F32);
    float[] values = new float[elements()];
    data().asFloatBuffer().get(values);
    return values;
  }

  /** A copy of the elements; throws {@link IllegalStateException} unless they are F32 or F64. */
  public double[] doubles() {
    if (dtype == DType.F32) {
      float[] narrow = floats();
      double[] values = new double[narrow.length];
      Arrays.setAll(values, i -> narrow[i]);
      return values;
    }
    require(DType.F64);
    double[] values = new double[elements()];
    data().asDoubleBuffer().get(values);
    return values;
  }

  /** A copy of the elements; throws {@link IllegalStateException} unless they are I64. */
  public long[] longs() {
    require(DType.I64);
    long[] values = new long[elements()];
    data().asLongBuffer().get(values);
    return values;
  }

  /** Bytes taken by such a tensor; throws {@link ArithmeticException} beyond 2^63. */
  static long byteSize(DType dtype, List<Long> shape) {
    long size = dtype.bytes();
    for (long side : shape) {
      if (side < 0) {
        throw new IllegalArgumentException("negative size in shape " + shape);
      }
      size = Math.multiplyExact(size, side);
    }
    return size;
  }

  private void require(DType expected) {
    if (dtype != expected) {
      throw new IllegalStateException("tensor is " + dtype + ", not " + expected);
    }
  }

  private static ByteBuffer allocate(int elements, DType dtype) {
    return ByteBuffer.allocate(Math.multiplyExact(elements, dtype.bytes()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<Long> list(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
