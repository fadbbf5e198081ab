package org.medtransformers.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.optimizer.Optimizer;

/** What an optimizer remembers: per slot (moments, step counter) one array per trained tensor. */
final class OptimizerState {
  private static final String LIST = "slots[]";

  private final Network network;
  private final List<Entry> entries;
  private NDList arrays = new NDList();

  private record Entry(String name, List<Long> shape) {}

  /**
   * All zero, as before the first step.
   *
   * @param slots see {@link Optimizer#slots}
   */
  OptimizerState(Network network, List<String> slots, List<TensorSpec> trained) {
    this.network = network;
    this.entries =
        slots.stream()
            .flatMap(slot -> trained.stream().map(tensor -> entry(slot, tensor)))
            .toList();
    for (Entry entry : entries) {
      long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
      NDArray zeros = network.manager().zeros(new Shape(shape));
      zeros.setName(LIST);
      arrays.add(zeros);
    }
  }

  /** As the kernels take it. */
  NDList arrays() {
    return arrays;
  }

  /** Names in the order of {@link #arrays()}: {@code exp_avg.fc.weight}. */
  List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  /** Replaces everything; throws {@link MedtransException} if something is missing. */
  void set(Map<String, Tensor> tensors) {
    List<Tensor> inOrder = new ArrayList<>();
    for (Entry entry : entries) {
      Tensor found = tensors.get(entry.name());
      if (found == null || found.dtype() != DType.F32 || !found.shape().equals(entry.shape())) {
        throw MedtransException.of(
            ErrorCode.CHECKPOINT_UNREADABLE,
            "optimizer state lacks " + entry.name() + " of shape " + entry.shape());
      }
      inOrder.add(found);
    }
    arrays.close();
    arrays = network.place(LIST, inOrder);
  }

  private static Entry entry(String slot, TensorSpec tensor) {
    return new Entry(
        slot + "." + tensor.name(), slot.equals(Optimizer.STEP) ? List.of() : tensor.shape());
  }
}
