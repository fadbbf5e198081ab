package org.medtransformers.learning.weights;

import java.nio.ByteBuffer;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.medtransformers.contracts.tensor.Tensor;

/** The elements of tensors of any type as the types that networks are made of. */
public final class Elements {
  private static final int HALF_FRACTION = 10;
  private static final int HALF_MAX_EXPONENT = 31;
  private static final int FLOAT_FRACTION = 23;
  private static final int REBIAS = 127 - 15;

  private Elements() {}

  /**
   * The elements as floats, rounded where the type is wider, as PyTorch's {@code float()}.
   *
   * @throws IllegalArgumentException if they are no floating point numbers
   */
  public static float[] floats(Tensor tensor) {
    ByteBuffer data = tensor.data();
    IntToDoubleFunction element =
        switch (tensor.dtype()) {
          case F32 -> i -> data.getFloat(Float.BYTES * i);
          case F64 -> i -> data.getDouble(Double.BYTES * i);
          case F16 -> i -> half(data.getShort(Short.BYTES * i));
          case BF16 -> i -> Float.intBitsToFloat(data.getShort(Short.BYTES * i) << Short.SIZE);
          case BOOL, U8, I8, U16, I16, U32, I32, U64, I64 ->
              throw new IllegalArgumentException(tensor.dtype() + " elements are no floats");
        };
    float[] floats = new float[tensor.elements()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) element.applyAsDouble(i);
    }
    return floats;
  }

  /**
   * The elements as whole numbers.
   *
   * @throws IllegalArgumentException if they are none of 64 bits
   */
  public static long[] longs(Tensor tensor) {
    ByteBuffer data = tensor.data();
    IntToLongFunction element =
        switch (tensor.dtype()) {
          case I64 -> i -> data.getLong(Long.BYTES * i);
          case I32 -> i -> data.getInt(Integer.BYTES * i);
          case U32 -> i -> Integer.toUnsignedLong(data.getInt(Integer.BYTES * i));
          case I16 -> i -> data.getShort(Short.BYTES * i);
          case U16 -> i -> Short.toUnsignedLong(data.getShort(Short.BYTES * i));
          case I8 -> i -> data.get(i);
          case U8, BOOL -> i -> Byte.toUnsignedLong(data.get(i));
          case F16, BF16, F32, F64, U64 ->
              throw new IllegalArgumentException(tensor.dtype() + " elements are no longs");
        };
    long[] longs = new long[tensor.elements()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = element.applyAsLong(i);
    }
    return longs;
  }

  /** A half of IEEE 754 as a float, exactly. */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << Short.SIZE;
    int exponent = (bits >> HALF_FRACTION) & HALF_MAX_EXPONENT;
    int fraction = bits & ((1 << HALF_FRACTION) - 1);
    if (exponent == 0) {
      // Zero and subnormal numbers: multiples of 2^-24.
      return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign | 1));
    }
    int wide = exponent == HALF_MAX_EXPONENT ? 255 : exponent + REBIAS;
    return Float.intBitsToFloat(
        sign | wide << FLOAT_FRACTION | fraction << (FLOAT_FRACTION - HALF_FRACTION));
  }
}
