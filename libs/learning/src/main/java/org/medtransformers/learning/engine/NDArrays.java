package org.medtransformers.learning.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;

/** Between DJL's arrays and tensors of files and requests. */
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
    return tensor(array, array.toByteBuffer(false));
  }

  /** The memory of {@code array} itself, laid out in row-major order; valid as long as it is. */
  public static Tensor view(NDArray array) {
    return tensor(array, array.toByteBuffer(true));
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
