package org.medtransformers.learning;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.Staging;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.metrics.Predictions;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;

/**
 * A network whose weights lie in libtorch's memory. Belongs to the thread that made it; {@link
 * #close()} gives the memory back.
 */
public final class Network implements AutoCloseable {
  private final ModelSpec spec;
  private final Kernels kernels;
  private final Staging staging = new Staging();
  private NDList state = new NDList();

  /**
   * What the network says about images.
   *
   * @param logits F32 [n, outputs]
   * @param embedding F32 [n, features], the input of the head
   */
  public record Outputs(Tensor logits, Tensor embedding) {}

  Network(ModelSpec spec, Device device, Map<String, Object> constants) {
    this.spec = spec;
    Map<String, Object> attributes = new LinkedHashMap<>(constants);
    attributes.put("names", join(spec.tensors()));
    attributes.put("residual", spec.residual());
    attributes.put("binary", spec.outputs() == 1);
    attributes.put("drop_path", spec.dropPathRate());
    this.kernels = Kernels.load(device, attributes);
  }

  /** A network for evaluation with the given state, see {@link #state()}. */
  public static Network of(ModelSpec spec, Map<String, Tensor> state, boolean useGpu) {
    Network network = new Network(spec, TorchEngine.device(useGpu), Learner.untrained());
    network.setState(state);
    return network;
  }

  public ModelSpec spec() {
    return spec;
  }

  /** Evaluates F32 images [n, channels, height, width] with running statistics, undropped. */
  public Outputs evaluate(Tensor images) {
    requireChannels(images);
    try (NDArray x = staging.stage(manager(), images);
        NDList out = kernels.infer("evaluate", new NDList(x).addAll(state))) {
      return new Outputs(NDArrays.read(out.get(0)), NDArrays.read(out.get(1)));
    }
  }

  /** Evaluates whole batches; each image counts once. */
  public Metrics metrics(Iterable<Batch> batches) {
    Predictions predictions =
        new Predictions(spec.outputs() == 1 ? Task.BINARY : Task.MULTI_CLASS, spec.outputs());
    for (Batch batch : batches) {
      batch.requireLabelsFor(spec.outputs());
      predictions.add(evaluate(batch.images()).logits().floats(), batch.classes());
    }
    return predictions.metrics();
  }

  /**
   * How much the class token attends to every token in the last block: F32 [n, heads, 1 + patches].
   * Vision transformers only.
   */
  public Tensor classAttention(Tensor images) {
    requireChannels(images);
    return read("class_attention", images);
  }

  /** Position embeddings F32 [1, 1 + side * side, features] for another grid of patches. */
  public Tensor positionEmbedding(int side) {
    return read("position_embedding", Tensor.ofLongs(new long[] {side}));
  }

  /** A copy of weights and running statistics, by PyTorch's names, in PyTorch's order. */
  public Map<String, Tensor> state() {
    Map<String, Tensor> copy = new LinkedHashMap<>();
    List<Tensor> tensors = read(state);
    for (int i = 0; i < tensors.size(); i++) {
      copy.put(spec.tensors().get(i).name(), tensors.get(i));
    }
    return copy;
  }

  /** Replaces the whole state; throws {@link MedtransException} if a name or shape differs. */
  public void setState(Map<String, Tensor> tensors) {
    requireMatch(tensors);
    NDList replaced = state;
    state = place("state[]", List.copyOf(inOrder(tensors)));
    for (int i = 0; i < state.size(); i++) {
      state.get(i).setRequiresGradient(spec.tensors().get(i).trained());
    }
    replaced.close();
  }

  @Override
  public void close() {
    kernels.close();
  }

  Kernels kernels() {
    return kernels;
  }

  PtNDManager manager() {
    return kernels.manager();
  }

  Staging staging() {
    return staging;
  }

  /** Weights and running statistics, to be passed on as they are. */
  NDList rawState() {
    return state;
  }

  /** Copies tensors into libtorch's memory, convolution weights channels-last. */
  NDList place(String listName, List<Tensor> tensors) {
    try (NDList rowMajor = new NDList()) {
      tensors.forEach(tensor -> rowMajor.add(NDArrays.of(manager(), tensor)));
      rowMajor.forEach(array -> array.setName("tensors[]"));
      NDList placed = kernels.train("channels_last", rowMajor);
      placed.forEach(array -> array.setName(listName));
      return placed;
    }
  }

  /** Copies arrays out of libtorch's memory. */
  List<Tensor> read(NDList arrays) {
    List<String> names = arrays.stream().map(NDArray::getName).toList();
    arrays.forEach(array -> array.setName("tensors[]"));
    try (NDList rowMajor = kernels.infer("row_major", arrays)) {
      return rowMajor.stream().map(NDArrays::read).toList();
    } finally {
      for (int i = 0; i < names.size(); i++) {
        arrays.get(i).setName(names.get(i));
      }
    }
  }

  void requireChannels(Tensor images) {
    if (images.shape().size() != 4 || images.shape().get(1) != spec.channels()) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "images are " + images.shape() + ", the network takes " + spec.channels() + " channels");
    }
  }

  private Tensor read(String method, Tensor argument) {
    try (NDArray x = staging.stage(manager(), argument);
        NDList out = kernels.infer(method, new NDList(x).addAll(state))) {
      return read(out).get(0);
    }
  }

  private List<Tensor> inOrder(Map<String, Tensor> tensors) {
    return spec.tensors().stream().map(t -> tensors.get(t.name())).toList();
  }

  private void requireMatch(Map<String, Tensor> tensors) {
    List<String> wrong = new ArrayList<>();
    for (TensorSpec wanted : spec.tensors()) {
      Tensor found = tensors.get(wanted.name());
      DType dtype = wanted.counter() ? DType.I64 : DType.F32;
      if (found == null) {
        wrong.add(wanted.name() + " is missing");
      } else if (!found.shape().equals(wanted.shape()) || found.dtype() != dtype) {
        wrong.add(
            wanted.name()
                + " is "
                + found.dtype()
                + " "
                + found.shape()
                + ", wanted is "
                + dtype
                + " "
                + wanted.shape());
      }
    }
    if (tensors.size() > spec.tensors().size()) {
      wrong.add(tensors.size() - spec.tensors().size() + " tensors too many");
    }
    if (!wrong.isEmpty()) {
      throw MedtransException.of(
          ErrorCode.CHECKPOINT_UNREADABLE,
          "weights do not fit "
              + spec.backbone().label()
              + ": "
              + wrong.stream().limit(5).collect(Collectors.joining("; ")));
    }
  }

  static String join(List<TensorSpec> tensors) {
    return tensors.stream().map(TensorSpec::name).collect(Collectors.joining("\n"));
  }
}
