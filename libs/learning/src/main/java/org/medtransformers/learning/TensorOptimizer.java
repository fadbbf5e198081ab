package org.medtransformers.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.optimizer.Optimizer;

/**
 * An optimizer on tensors of its own, without a network: the very update that a training step ends
 * with. Belongs to the thread that made it.
 */
public final class TensorOptimizer implements AutoCloseable {
  private final Optimizer optimizer;
  private final double clip;
  private final Kernels owner;
  private final Map<String, NDArray> tensors = new LinkedHashMap<>();
  private final Map<String, NDArray> slots = new LinkedHashMap<>();

  /**
   * @param clip largest total norm of the gradients; 0 for no limit
   * @param first F32 tensors by name; one of one dimension, or called {@code *.bias}, does not
   *     decay
   */
  public TensorOptimizer(Optimizer optimizer, double clip, Map<String, Tensor> first) {
    this.optimizer = optimizer;
    this.clip = clip;
    this.owner = kernels(List.copyOf(first.keySet()));
    first.forEach(
        (name, tensor) -> {
          tensors.put(name, place(owner, tensor, "state[]"));
          for (String slot : optimizer.slots(false)) {
            slots.put(key(slot, name), zeros(slot, tensor));
          }
        });
  }

  /**
   * One update. A tensor without a gradient is passed over: no decay, and its step is not counted.
   *
   * @return the total norm of the gradients before clipping
   */
  public double step(Map<String, Tensor> gradients) {
    if (gradients.isEmpty()) {
      return 0;
    }
    List<String> names = List.copyOf(gradients.keySet());
    try (Kernels kernels = kernels(names)) {
      NDList arguments = new NDList();
      double[] hyper = {optimizer.lr(), optimizer.momentum()};
      arguments.add(kernels.manager().create(hyper, new Shape(2)));
      names.forEach(n -> arguments.add(place(kernels, gradients.get(n), "gradients[]")));
      names.forEach(n -> arguments.add(tensors.get(n)));
      optimizer.slots(false).forEach(s -> names.forEach(n -> arguments.add(slots.get(key(s, n)))));
      try (NDList norm = kernels.train("update", arguments)) {
        return norm.get(0).getFloat();
      }
    }
  }

  /** A copy of the tensor called {@code name}. */
  public Tensor tensor(String name) {
    return NDArrays.read(tensors.get(name));
  }

  @Override
  public void close() {
    owner.close();
  }

  private NDArray zeros(String slot, Tensor like) {
    Shape shape = slot.equals(Optimizer.STEP) ? new Shape() : NDArrays.shape(like);
    NDArray zeros = owner.manager().zeros(shape);
    zeros.setName("slots[]");
    return zeros;
  }

  private Kernels kernels(List<String> names) {
    Map<String, Object> constants = Learner.constants(optimizer);
    constants.put("names", String.join("\n", names));
    constants.put("trainable", String.join("\n", names));
    constants.put("clip", clip);
    constants.put("frozen", false);
    constants.put("residual", false);
    constants.put("binary", false);
    constants.put("drop_path", 0.0);
    return Kernels.load(TorchDevice.CPU.device(), constants);
  }

  private static NDArray place(Kernels kernels, Tensor tensor, String name) {
    NDArray array = NDArrays.of(kernels.manager(), tensor);
    array.setName(name);
    return array;
  }

  private static String key(String slot, String name) {
    return slot + "." + name;
  }
}
