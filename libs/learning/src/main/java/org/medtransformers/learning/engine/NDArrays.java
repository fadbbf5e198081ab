package org.medtransformers.learning.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * Between DJL's arrays and tensors of files and requests. Numbers are read here and nowhere else:
 * to read an array that lies on another device, DJL copies it to the host and leaves the copy to
 * its manager, so that every step would leave some behind.
 */
public final class NDArrays {
  private NDArrays() {}

  /** A copy of {@code tensor} in libtorch's reach. */
  public static NDArray of(PtNDManager manager, Tensor tensor) {
    ByteBuffer bytes = manager.allocateDirect(tensor.data().remaining());
    bytes.put(tensor.data()).rewind();
    return manager.create(bytes, shape(tensor), dataType(tensor.dtype()));
  }

  /** A copy of {@code array}, which must be laid out in row-major order. */
  public static Tensor read(NDArray array) {
    return onHost(array, host -> tensor(host, host.toByteBuffer(false)));
  }

  /** A copy of float32 numbers, row by row. */
  public static float[] floats(NDArray array) {
    return onHost(array, NDArray::toFloatArray);
  }

  /** A copy of float64 numbers, row by row. */
  public static double[] doubles(NDArray array) {
    return onHost(array, NDArray::toDoubleArray);
  }

  /**
   * The memory of {@code array} itself, laid out in row-major order; valid as long as it is.
   *
   * @throws IllegalArgumentException if it is not the host's
   */
  public static Tensor view(NDArray array) {
    if (!isOnHost(array)) {
      throw new IllegalArgumentException("an array on " + array.getDevice() + " has no view");
    }
    return tensor(array, array.toByteBuffer(true));
  }

  private static <T> T onHost(NDArray array, Function<NDArray, T> read) {
    if (isOnHost(array)) {
      return read.apply(array);
    }
    try (NDArray copy = array.toDevice(Device.cpu(), true)) {
      return read.apply(copy);
    }
  }

  private static boolean isOnHost(NDArray array) {
    return array.getDevice().equals(Device.cpu());
  }

  public static Shape shape(Tensor tensor) {
    return new Shape(tensor.shape().stream().mapToLong(Long::longValue).toArray());
  }

  private static Tensor tensor(NDArray array, ByteBuffer bytes) {
    DType dtype =
        switch (array.getDataType()) {
          case FLOAT32 -> DType.F32;
          case FLOAT64 -> DType.F64;
          case INT64 -> DType.I64;
          default -> throw new IllegalArgumentException("array of " + array.getDataType());
        };
    List<Long> shape = Arrays.stream(array.getShape().getShape()).boxed().toList();
    return new Tensor(dtype, shape, bytes);
  }

  static DataType dataType(DType dtype) {
    return switch (dtype) {
      case F32 -> DataType.FLOAT32;
      case F64 -> DataType.FLOAT64;
      case I64 -> DataType.INT64;
      case U8 -> DataType.UINT8;
      case BOOL, I8, U16, I16, F16, BF16, U32, I32, U64 ->
          throw new IllegalArgumentException("tensors of " + dtype + " are not used in training");
    };
  }
}
