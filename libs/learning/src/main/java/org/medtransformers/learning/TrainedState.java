package org.medtransformers.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.optimizer.Optimizer;

/** What a training remembers besides its networks: arrays that kernels take as a list. */
final class TrainedState {
  private static final String GRADIENT_SUM = "gradient_sum";
  private static final String DIVISOR = "divisor";

  private final Network network;
  private final String list;
  private final List<Entry> entries;
  private NDList arrays = new NDList();

  private record Entry(String name, List<Long> shape, double initial) {}

  private TrainedState(Network network, String list, List<Entry> entries) {
    this.network = network;
    this.list = list;
    this.entries = entries;
    for (Entry entry : entries) {
      long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
      DataType type = entry.shape().isEmpty() ? DataType.FLOAT32 : network.dataType();
      NDArray array = network.manager().full(new Shape(shape), (float) entry.initial(), type);
      array.setName(list);
      arrays.add(array);
    }
  }

  /** An optimizer's moments and step counters as before the first step: {@code exp_avg.<name>}. */
  static TrainedState ofOptimizer(Network network, LearnerSpec spec) {
    List<Entry> entries = new ArrayList<>();
    for (String slot : spec.slots()) {
      double initial = spec.optimizer().initialValue(slot);
      for (TensorSpec tensor : spec.trained()) {
        List<Long> shape = slot.equals(Optimizer.STEP) ? List.of() : tensor.shape();
        entries.add(new Entry(slot + "." + tensor.name(), shape, initial));
      }
    }
    return new TrainedState(network, "slots[]", entries);
  }

  /** What a method remembers besides its networks, as before the first step. */
  static TrainedState ofMemory(Network network, List<TensorSpec> tensors) {
    return new TrainedState(
        network,
        "state[]",
        tensors.stream().map(tensor -> new Entry(tensor.name(), tensor.shape(), 0)).toList());
  }

  /** The sum of no gradients: {@code gradient_sum.<name>}, and the sum of the losses' divisors. */
  static TrainedState ofGradients(Network network, LearnerSpec spec) {
    Stream<Entry> sums =
        spec.trained().stream()
            .map(tensor -> new Entry(GRADIENT_SUM + "." + tensor.name(), tensor.shape(), 0));
    Stream<Entry> divisor = Stream.of(new Entry(DIVISOR, List.of(), 0));
    return new TrainedState(network, "sums[]", Stream.concat(sums, divisor).toList());
  }

  /** As the kernels take it. */
  NDList arrays() {
    return arrays;
  }

  /** Names in the order of {@link #arrays()}. */
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
            "training state lacks " + entry.name() + " of shape " + entry.shape());
      }
      inOrder.add(found);
    }
    arrays.close();
    arrays = network.place(list, inOrder.stream());
  }
}
