package org.medtransformers.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.statistics.Predictions;

/**
 * A network whose weights lie in libtorch's memory. Belongs to the thread that made it; {@link
 * #close()} gives the memory back.
 */
public final class Network implements AutoCloseable {
  private final ModelSpec spec;
  private final List<TensorSpec> tensors;
  private final Kernels kernels;
  private final ArrayMemory memory;
  private final NamedArrays arrays;

  /**
   * What the network says about images.
   *
   * @param logits F32 [n, outputs], what the head gives
   * @param embedding F32 [n, features], the input of the head
   */
  public record Outputs(Tensor logits, Tensor embedding) {}

  /**
   * A network without weights yet: {@link #fill} or {@link #setState} comes next.
   *
   * @param constants of the kernels, besides those that the network decides
   */
  public Network(ModelSpec spec, TorchDevice device, Map<String, Object> constants) {
    this(spec, kernels(spec, device, constants));
  }

  private Network(ModelSpec spec, Kernels kernels) {
    this.spec = spec;
    this.tensors = spec.tensors();
    this.kernels = kernels;
    this.memory = new ArrayMemory(kernels);
    this.arrays =
        new NamedArrays(memory, "state[]", tensors.stream().map(TensorSpec::name).toList());
  }

  /**
   * Another state beside this one; it ends with this network.
   *
   * @param part whose tensors are the first ones of this network, or all
   */
  public Network twin(ModelSpec part) {
    Network twin = new Network(part, kernels);
    Map<String, Tensor> state = state();
    state.keySet().retainAll(twin.arrays.names());
    twin.setState(state);
    return twin;
  }

  private static Kernels kernels(
      ModelSpec spec, TorchDevice device, Map<String, Object> constants) {
    Map<String, Object> attributes = new LinkedHashMap<>(constants);
    attributes.putAll(KernelConstants.ofNetwork(spec));
    return Kernels.load(device.device(), attributes);
  }

  /** A network for evaluation with the given state, see {@link #state()}. */
  public static Network of(ModelSpec spec, Map<String, Tensor> state, TorchDevice device) {
    Network network = new Network(spec, device, KernelConstants.untrained());
    try {
      network.setState(state);
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  public ModelSpec spec() {
    return spec;
  }

  /** Evaluates F32 images [n, channels, height, width] with running statistics, undropped. */
  public Outputs evaluate(Tensor images) {
    spec.requireImages(images);
    try (NDArray x = memory.stage(images);
        NDList out = kernels.infer("evaluate", new NDList(x).addAll(arrays.arrays()))) {
      return new Outputs(NDArrays.read(out.get(0)), NDArrays.read(out.get(1)));
    }
  }

  /**
   * Evaluates crops of several sizes, each F32 [n, channels, side, side].
   *
   * @param oneAtATime instead of neighbours of one size together: less memory, the same but for
   *     rounding
   * @return the outputs of all crops, one crop's images after the other's
   */
  public Outputs evaluate(List<Tensor> crops, boolean oneAtATime) {
    List<Outputs> outputs = new ArrayList<>();
    for (int from = 0, to; from < crops.size(); from = to) {
      to = from + 1;
      while (!oneAtATime && to < crops.size() && sameSides(crops.get(from), crops.get(to))) {
        to++;
      }
      outputs.add(evaluate(Tensor.concatenated(crops.subList(from, to))));
    }
    return new Outputs(
        Tensor.concatenated(outputs.stream().map(Outputs::logits).toList()),
        Tensor.concatenated(outputs.stream().map(Outputs::embedding).toList()));
  }

  private static boolean sameSides(Tensor one, Tensor other) {
    return one.shape().subList(1, 4).equals(other.shape().subList(1, 4));
  }

  /** Evaluates whole batches; each image counts once. */
  public Metrics metrics(Task task, Iterable<Batch> batches) {
    Predictions predictions = new Predictions(task, spec.outputs());
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
    spec.requireImages(images);
    return read("class_attention", images);
  }

  /**
   * Grad-CAM: where in images lies what raises a score, F32 [n, height / 32, width / 32], 0 where
   * nothing does. Residual networks with a classifier only.
   *
   * @param weights F32 [n, outputs]; an image's score is the sum of its logits times these, so that
   *     a 1 among zeros asks for one class
   * @see <a href="https://arxiv.org/abs/1610.02391">Selvaraju et al., 2017</a>
   */
  public Tensor gradCam(Tensor images, Tensor weights) {
    spec.requireImages(images);
    try (NDArray x = memory.stage(images);
        NDArray of = NDArrays.of(memory.manager(), weights);
        NDList out = kernels.train("grad_cam", new NDList(x, of).addAll(arrays.arrays()))) {
      return memory.read(out).get(0);
    }
  }

  /** Position embeddings F32 [1, 1 + side * side, features] for another grid of patches. */
  public Tensor positionEmbedding(int side) {
    return read("position_embedding", Tensor.ofLongs(new long[] {side}));
  }

  /** A copy of weights and running statistics, by PyTorch's names, in PyTorch's order. */
  public Map<String, Tensor> state() {
    return arrays.read();
  }

  /**
   * Replaces the whole state; throws {@link org.medtransformers.contracts.error.MedtransException}
   * if a name or shape differs.
   */
  public void setState(Map<String, Tensor> replacement) {
    spec.requireState(replacement);
    fill(tensor -> replacement.get(tensor.name()));
  }

  /** Replaces the whole state, asking for one tensor after the other. */
  public void fill(Function<TensorSpec, Tensor> source) {
    arrays.fill(tensors.stream().map(source));
    for (int i = 0; i < tensors.size(); i++) {
      arrays.arrays().get(i).setRequiresGradient(tensors.get(i).trained());
    }
  }

  /** Weights and running statistics where they are. */
  public NamedArrays arrays() {
    return arrays;
  }

  /**
   * Arrays beside the network's own, of the type of its weights; counters are float32.
   *
   * @param list under which kernels take them
   */
  public NamedArrays beside(String list, List<NamedArrays.First> first) {
    return NamedArrays.full(memory, list, first, arrays.arrays().get(0).getDataType());
  }

  /** Copies what kernels returned out of libtorch's memory. */
  public List<Tensor> read(NDList returned) {
    return memory.read(returned);
  }

  public Kernels kernels() {
    return kernels;
  }

  @Override
  public void close() {
    kernels.close();
  }

  private Tensor read(String method, Tensor argument) {
    try (NDArray x = memory.stage(argument);
        NDList out = kernels.infer(method, new NDList(x).addAll(arrays.arrays()))) {
      return memory.read(out).get(0);
    }
  }
}
