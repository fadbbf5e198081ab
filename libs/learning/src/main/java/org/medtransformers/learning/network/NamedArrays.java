package org.medtransformers.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.NDArrays;

/**
 * Arrays in libtorch's memory, in a fixed order and each known by a name, which kernels take as one
 * list: a network's state, an optimizer's, what a method remembers.
 */
public final class NamedArrays {
  private final ArrayMemory memory;
  private final String list;
  private final List<String> names;
  private NDList arrays = new NDList();

  /**
   * An array as it is at first.
   *
   * @param value of all its elements
   */
  public record First(String name, List<Long> shape, double value) {}

  /**
   * Copies of arrays at one moment, in the host's memory and in row-major order. Any thread may
   * read them; the thread that made them closes them.
   */
  public static final class Copies implements AutoCloseable {
    private final NDList memory;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private Copies(List<String> names, NDList memory) {
      this.memory = memory;
      for (int i = 0; i < names.size(); i++) {
        tensors.put(names.get(i), NDArrays.view(memory.get(i)));
      }
    }

    /** By name, valid until they are closed. */
    public Map<String, Tensor> tensors() {
      return tensors;
    }

    @Override
    public void close() {
      tensors.clear();
      memory.close();
    }
  }

  /** None yet: {@link #fill} comes next. */
  NamedArrays(ArrayMemory memory, String list, List<String> names) {
    this.memory = memory;
    this.list = list;
    this.names = List.copyOf(names);
  }

  static NamedArrays full(ArrayMemory memory, String list, List<First> all, DataType type) {
    List<String> names = all.stream().map(First::name).toList();
    NamedArrays result = new NamedArrays(memory, list, names);
    for (First first : all) {
      // Counters are float32 whatever the network is.
      DataType own = first.shape().isEmpty() ? DataType.FLOAT32 : type;
      result.arrays.add(memory.full(list, first.shape(), first.value(), own));
    }
    return result;
  }

  /** As kernels take them. */
  public NDList arrays() {
    return arrays;
  }

  /** In the order of {@link #arrays()}. */
  public List<String> names() {
    return names;
  }

  /** The list by which kernels take them. */
  public String list() {
    return list;
  }

  /** Copies, by name, in order. */
  public Map<String, Tensor> read() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    List<Tensor> tensors = memory.read(arrays);
    for (int i = 0; i < tensors.size(); i++) {
      copies.put(names.get(i), tensors.get(i));
    }
    return copies;
  }

  /** Copies in the host's memory, outside the heap. */
  public Copies copies() {
    return new Copies(names, memory.copies(arrays));
  }

  /** Replaces all of them, taking one tensor after the other. */
  void fill(Stream<Tensor> inOrder) {
    NDList replaced = arrays;
    arrays = memory.place(list, inOrder);
    replaced.close();
  }

  /**
   * Replaces all of them.
   *
   * @param tensors F32, of the shapes that the arrays have
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_UNREADABLE} if one is missing or another
   */
  public void set(Map<String, Tensor> tensors) {
    List<Tensor> inOrder = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      List<Long> shape = shape(arrays.get(i));
      Tensor found = tensors.get(names.get(i));
      if (found == null || found.dtype() != DType.F32 || !found.shape().equals(shape)) {
        throw MedtransException.of(
            ErrorCode.CHECKPOINT_UNREADABLE,
            "training state lacks " + names.get(i) + " of shape " + shape);
      }
      inOrder.add(found);
    }
    fill(inOrder.stream());
  }

  /** Lets {@code use} hand them to kernels as another list. */
  public void as(String otherList, Runnable use) {
    arrays.forEach(array -> array.setName(otherList));
    try {
      use.run();
    } finally {
      arrays.forEach(array -> array.setName(list));
    }
  }

  private static List<Long> shape(NDArray array) {
    List<Long> shape = new ArrayList<>();
    for (long side : array.getShape().getShape()) {
      shape.add(side);
    }
    return shape;
  }
}
