package org.medtransformers.learning.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.KernelConstants;
import org.medtransformers.learning.optimizer.Hyper;
import org.medtransformers.learning.optimizer.Lars;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.optimizer.ParameterGroup;

/**
 * An optimizer on tensors of its own, without a network: the very update that a training step ends
 * with. Belongs to the thread that made it.
 */
public final class TensorOptimizer implements AutoCloseable {
  /** The loss was not scaled, so neither are the gradients. */
  private static final double UNSCALED = 1;

  private final Optimizer optimizer;
  private final Optional<Lars> lars;
  private final Map<String, Double> lrScales;
  private final double clip;
  private final TorchDevice device;
  private final Map<List<String>, Kernels> loaded = new HashMap<>();
  private final Kernels owner;
  private final Map<String, NDArray> tensors = new LinkedHashMap<>();
  private final Map<String, NDArray> slots = new LinkedHashMap<>();

  /**
   * @param lrScales by name, what a tensor's learning rate is multiplied with; 1 where absent
   * @param clip largest total norm of the gradients; 0 for no limit
   * @param first F32 tensors by name; one of one dimension, or called {@code *.bias}, does not
   *     decay
   */
  public TensorOptimizer(
      Optimizer optimizer,
      Optional<Lars> lars,
      Map<String, Double> lrScales,
      double clip,
      Map<String, Tensor> first,
      TorchDevice device) {
    this.optimizer = optimizer;
    this.lars = lars;
    this.lrScales = lrScales;
    this.clip = clip;
    this.device = device;
    List<String> names = List.copyOf(first.keySet());
    this.owner = kernels(names, first);
    loaded.put(names, owner);
    first.forEach(
        (name, tensor) -> {
          tensors.put(name, place(owner, tensor, "state[]"));
          for (String slot : optimizer.slots(false)) {
            slots.put(key(slot, name), initial(slot, tensor));
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
    Kernels kernels = loaded.computeIfAbsent(names, n -> kernels(n, gradients));
    NDList arguments = new NDList();
    double[] hyper = Hyper.constant(optimizer, UNSCALED).values();
    try (NDArray hyperparameters = kernels.manager().create(hyper, new Shape(hyper.length));
        NDList placed = new NDList()) {
      arguments.add(hyperparameters);
      names.forEach(n -> placed.add(place(kernels, gradients.get(n), "gradients[]")));
      arguments.addAll(placed);
      names.forEach(n -> arguments.add(tensors.get(n)));
      optimizer.slots(false).forEach(s -> names.forEach(n -> arguments.add(slots.get(key(s, n)))));
      try (NDList norm = kernels.train("update", arguments)) {
        return NDArrays.floats(norm.get(0))[0];
      }
    }
  }

  /** A copy of the tensor called {@code name}. */
  public Tensor tensor(String name) {
    return NDArrays.read(tensors.get(name));
  }

  @Override
  public void close() {
    loaded.values().forEach(Kernels::close);
  }

  private NDArray initial(String slot, Tensor like) {
    Shape shape = slot.equals(Optimizer.STEP) ? new Shape() : NDArrays.shape(like);
    NDArray array = owner.manager().full(shape, (float) optimizer.initialValue(slot));
    array.setName("slots[]");
    return array;
  }

  /** Kernels for updates of {@code names} at once. */
  private Kernels kernels(List<String> names, Map<String, Tensor> shapes) {
    List<ParameterGroup> groups = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean decays = ParameterGroup.decays(name, shapes.get(name).shape());
      double scale = lrScales.getOrDefault(name, 1.0);
      groups.add(new ParameterGroup(List.of(i), scale, decays, false));
    }
    Map<String, Object> constants = new LinkedHashMap<>(KernelConstants.untrained());
    constants.putAll(KernelConstants.ofUpdate(optimizer, lars, groups, clip));
    constants.putAll(KernelConstants.ofNetwork(ModelSpec.resnet(Backbone.RESNET18, 3, 2)));
    constants.put("names", String.join("\n", names));
    constants.put("trainable", String.join("\n", names));
    return Kernels.load(device.device(), constants);
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
