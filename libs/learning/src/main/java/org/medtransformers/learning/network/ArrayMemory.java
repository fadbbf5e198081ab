package org.medtransformers.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.Staging;

/** Tensors into libtorch's memory and out of it; the arrays live as long as the kernels. */
final class ArrayMemory {
  private final Kernels kernels;
  private final Staging staging = new Staging();

  ArrayMemory(Kernels kernels) {
    this.kernels = kernels;
  }

  PtNDManager manager() {
    return kernels.manager();
  }

  /** {@code tensor} as an array that is valid until the next call. The caller closes it. */
  NDArray stage(Tensor tensor) {
    return staging.stage(manager(), tensor);
  }

  /** Copies of tensors, of which kernels are told as the list {@code list}. */
  NDList place(String list, Stream<Tensor> tensors) {
    NDList placed = new NDList();
    tensors.forEach(
        tensor -> {
          try (NDArray staged = stage(tensor)) {
            NDArray copy = kernels.train("copy", new NDList(staged)).get(0);
            copy.setName(list);
            placed.add(copy);
          }
        });
    return placed;
  }

  /** An array all of whose elements are {@code value}, the next of the list {@code list}. */
  NDArray full(String list, List<Long> shape, double value, DataType type) {
    long[] sides = shape.stream().mapToLong(Long::longValue).toArray();
    NDArray array = manager().full(new Shape(sides), (float) value, type);
    array.setName(list);
    return array;
  }

  /** Copies in the host's memory, in row-major order. The caller closes them. */
  NDList copies(NDList arrays) {
    return map("row_major_copies", arrays);
  }

  /** Copies arrays out of libtorch's memory. */
  List<Tensor> read(NDList arrays) {
    try (NDList rowMajor = map("row_major", arrays)) {
      return rowMajor.stream().map(NDArrays::read).toList();
    }
  }

  private NDList map(String method, NDList arrays) {
    List<String> names = arrays.stream().map(NDArray::getName).toList();
    arrays.forEach(array -> array.setName("tensors[]"));
    try {
      return kernels.infer(method, arrays);
    } finally {
      for (int i = 0; i < names.size(); i++) {
        arrays.get(i).setName(names.get(i));
      }
    }
  }
}
