package org.medtransformers.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.Staging;
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
  private final List<String> names;
  private final Kernels kernels;
  private final Staging staging = new Staging();
  private NDList state = new NDList();

  /**
   * What the network says about images.
   *
   * @param logits F32 [n, outputs], what the head gives
   * @param embedding F32 [n, features], the input of the head
   */
  public record Outputs(Tensor logits, Tensor embedding) {}

  Network(ModelSpec spec, TorchDevice device, Map<String, Object> constants) {
    this(spec, kernels(spec, device, constants));
  }

  private Network(ModelSpec spec, Kernels kernels) {
    this.spec = spec;
    this.tensors = spec.tensors();
    this.names = tensors.stream().map(TensorSpec::name).toList();
    this.kernels = kernels;
  }

  /**
   * Another state beside this one; it ends with this network.
   *
   * @param part whose tensors are the first ones of this network, or all
   */
  Network twin(ModelSpec part) {
    Network twin = new Network(part, kernels);
    Map<String, Tensor> state = state();
    state.keySet().retainAll(twin.names);
    twin.setState(state);
    return twin;
  }

  private static Kernels kernels(
      ModelSpec spec, TorchDevice device, Map<String, Object> constants) {
    Map<String, Object> attributes = new LinkedHashMap<>(constants);
    attributes.putAll(constants(spec));
    return Kernels.load(device.device(), attributes);
  }

  /** The kernels' constants that the network decides. */
  static Map<String, Object> constants(ModelSpec spec) {
    return Map.of("names", join(spec.tensors()));
  }

  /** A network for evaluation with the given state, see {@link #state()}. */
  public static Network of(ModelSpec spec, Map<String, Tensor> state, TorchDevice device) {
    Network network = new Network(spec, device, TrainingConstants.untrained());
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

  /** The type of the weights. */
  DataType dataType() {
    return state.get(0).getDataType();
  }

  /** Evaluates F32 images [n, channels, height, width] with running statistics, undropped. */
  public Outputs evaluate(Tensor images) {
    spec.requireImages(images);
    try (NDArray x = staging.stage(manager(), images);
        NDList out = kernels.infer("evaluate", new NDList(x).addAll(state))) {
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
    try (NDArray x = staging.stage(manager(), images);
        NDArray of = NDArrays.of(manager(), weights);
        NDList out = kernels.train("grad_cam", new NDList(x, of).addAll(state))) {
      return read(out).get(0);
    }
  }

  /** Position embeddings F32 [1, 1 + side * side, features] for another grid of patches. */
  public Tensor positionEmbedding(int side) {
    return read("position_embedding", Tensor.ofLongs(new long[] {side}));
  }

  /** A copy of weights and running statistics, by PyTorch's names, in PyTorch's order. */
  public Map<String, Tensor> state() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    List<Tensor> tensors = read(state);
    for (int i = 0; i < tensors.size(); i++) {
      copies.put(names().get(i), tensors.get(i));
    }
    return copies;
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
  void fill(Function<TensorSpec, Tensor> source) {
    NDList replaced = state;
    state = place("state[]", tensors.stream().map(source));
    for (int i = 0; i < state.size(); i++) {
      state.get(i).setRequiresGradient(tensors.get(i).trained());
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

  /** Copies tensors into libtorch's memory. */
  NDList place(String listName, Stream<Tensor> tensors) {
    NDList placed = new NDList();
    tensors.forEach(
        tensor -> {
          try (NDArray staged = staging.stage(manager(), tensor)) {
            NDArray copy = kernels.train("copy", new NDList(staged)).get(0);
            copy.setName(listName);
            placed.add(copy);
          }
        });
    return placed;
  }

  /** The same arrays in row-major order, copied where they were not. The caller closes them. */
  private NDList rowMajor(NDList arrays) {
    return map("row_major", arrays);
  }

  /** Copies of arrays in row-major order. The caller closes them. */
  NDList copies(NDList arrays) {
    return map("row_major_copies", arrays);
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

  /** Views of row-major arrays, by name; valid as long as the arrays. */
  static Map<String, Tensor> view(List<String> names, NDList arrays) {
    Map<String, Tensor> views = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      views.put(names.get(i), NDArrays.view(arrays.get(i)));
    }
    return views;
  }

  /** Copies arrays out of libtorch's memory. */
  List<Tensor> read(NDList arrays) {
    try (NDList rowMajor = rowMajor(arrays)) {
      return rowMajor.stream().map(NDArrays::read).toList();
    }
  }

  /** Names of the tensors of the state, in order. */
  List<String> names() {
    return names;
  }

  private Tensor read(String method, Tensor argument) {
    try (NDArray x = staging.stage(manager(), argument);
        NDList out = kernels.infer(method, new NDList(x).addAll(state))) {
      return read(out).get(0);
    }
  }

  static String join(List<TensorSpec> tensors) {
    return tensors.stream().map(TensorSpec::name).collect(Collectors.joining("\n"));
  }
}
