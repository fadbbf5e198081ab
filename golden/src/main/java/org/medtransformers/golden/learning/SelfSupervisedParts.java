package org.medtransformers.golden.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.model.TensorSpec;

/** Heads and losses without a network: {@code parts.py}. */
final class SelfSupervisedParts implements AutoCloseable {
  private final Kernels kernels;
  private final NDList state = new NDList();

  private SelfSupervisedParts(TorchDevice device, List<TensorSpec> head, double centerMomentum) {
    this.kernels =
        Kernels.load(
            device.device(),
            "Parts",
            Map.of(
                "names", names(head),
                "trainable", names(head.stream().filter(TensorSpec::trained).toList()),
                "center_momentum", centerMomentum));
  }

  /** A head by itself. */
  static SelfSupervisedParts ofHead(
      TorchDevice device, List<TensorSpec> head, Map<String, Tensor> values) {
    SelfSupervisedParts parts = new SelfSupervisedParts(device, head, 0);
    for (TensorSpec tensor : head) {
      NDArray array = NDArrays.of(parts.kernels.manager(), values.get(tensor.name()));
      array.setName("state[]");
      array.setRequiresGradient(tensor.trained());
      parts.state.add(array);
    }
    return parts;
  }

  /** Losses. */
  static SelfSupervisedParts ofLosses(TorchDevice device, double centerMomentum) {
    return new SelfSupervisedParts(device, List.of(), centerMomentum);
  }

  /** Runs a method with gradients; what it returns comes one after the other. */
  List<Tensor> train(String method, Tensor... arguments) {
    try (NDList placed = placed(arguments);
        NDList out = kernels.train(method, new NDList(placed).addAll(state));
        NDList rowMajor = rowMajor(out)) {
      return rowMajor.stream().map(NDArrays::read).toList();
    }
  }

  Tensor infer(String method, Tensor argument) {
    try (NDList placed = placed(argument);
        NDList out = kernels.infer(method, new NDList(placed).addAll(state))) {
      return NDArrays.read(out.get(0));
    }
  }

  @Override
  public void close() {
    kernels.close();
  }

  private NDList placed(Tensor... tensors) {
    NDList placed = new NDList();
    for (Tensor tensor : tensors) {
      placed.add(NDArrays.of(kernels.manager(), tensor));
    }
    return placed;
  }

  /** Gradients may be transposed views. */
  private NDList rowMajor(NDList arrays) {
    arrays.forEach(array -> array.setName("tensors[]"));
    return kernels.infer("row_major", arrays);
  }

  private static String names(List<TensorSpec> tensors) {
    return tensors.stream().map(TensorSpec::name).collect(Collectors.joining("\n"));
  }
}
