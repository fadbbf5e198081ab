package org.medtransformers.learning.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.Collapse;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.network.KernelConstants;
import org.medtransformers.learning.network.Network;
import org.medtransformers.learning.optimizer.Hyper;
import org.medtransformers.learning.optimizer.LossScale;
import org.medtransformers.learning.schedule.Position;
import org.medtransformers.learning.schedule.Validation;

/**
 * A network in training: weights, optimizer state and place in the schedule. What a step computes
 * is a function of these, the batch and the seed, so a learner that was saved and loaded goes on
 * exactly as it would have.
 *
 * <p>Belongs to the thread that made it; {@link #close()} gives libtorch's memory back.
 */
public final class Learner implements AutoCloseable {
  private final LearnerSpec spec;
  private final LearnerState state;
  private final StepInputs inputs;
  private long iteration;
  private Position position;
  private Validation validation = Validation.NONE;
  private LossScale lossScale;

  private Learner(LearnerSpec spec, Network network, LossScale lossScale) {
    this.spec = spec;
    this.position = spec.schedule().start();
    this.lossScale = lossScale;
    this.state = new LearnerState(spec, network);
    this.inputs = new StepInputs(spec, network.kernels().manager());
  }

  /**
   * A learner with first weights drawn from the seed. Start the engine first ({@link
   * TorchEngine#start}).
   */
  public static Learner create(LearnerSpec spec, TorchDevice device) {
    return create(spec, device, drawn(spec));
  }

  /**
   * A learner that begins with {@code weights}, F32 or, to tell rounding from mistakes, F64.
   *
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_UNREADABLE} if a name or shape differs
   *     from the network's
   */
  public static Learner create(LearnerSpec spec, TorchDevice device, Map<String, Tensor> weights) {
    return create(spec, device, network -> network.setState(weights));
  }

  private static Learner create(
      LearnerSpec spec, TorchDevice device, Consumer<Network> firstWeights) {
    String mixedType = spec.recipe().mixedPrecision() ? device.mixedType() : "";
    boolean scalesLoss = mixedType.equals(TorchDevice.FLOAT16);
    return create(
        spec, device, firstWeights, mixedType, scalesLoss ? LossScale.initial() : LossScale.OFF);
  }

  /** In float32, but with the loss scaled as for half precision. */
  static Learner create(LearnerSpec spec, TorchDevice device, LossScale lossScale) {
    return create(spec, device, drawn(spec), "", lossScale);
  }

  /** In half precision, whatever the device would choose. */
  static Learner inHalfPrecision(
      LearnerSpec spec, TorchDevice device, Map<String, Tensor> weights, LossScale lossScale) {
    return create(
        spec, device, network -> network.setState(weights), TorchDevice.FLOAT16, lossScale);
  }

  private static Learner create(
      LearnerSpec spec,
      TorchDevice device,
      Consumer<Network> firstWeights,
      String mixedType,
      LossScale lossScale) {
    Map<String, Object> constants = TrainingConstants.of(spec, lossScale, mixedType);
    Network network = new Network(spec.model(), device, constants);
    try {
      firstWeights.accept(network);
      return new Learner(spec, network, lossScale);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private static Consumer<Network> drawn(LearnerSpec spec) {
    return network -> network.fill(tensor -> Initializer.initialise(tensor, spec.seed()));
  }

  /**
   * Learns from one batch: forward, loss, gradients, and at the end of a group of batches ({@link
   * Accumulation}) clipping and update.
   *
   * @throws MedtransException {@link ErrorCode#TRAINING_DIVERGED} if the loss or the gradient is
   *     not finite; before anything is changed, {@link ErrorCode#LABEL_OUT_OF_RANGE} and, if the
   *     method can not learn from such a batch, {@link ErrorCode#INVALID_REQUEST}
   */
  public StepResult trainStep(Batch batch) {
    BatchRules.check(spec, batch);
    boolean updates = spec.recipe().accumulation().updatesAfter(iteration + 1);
    double lr = position.lr();
    double[] numbers = learn(batch, updates);
    iteration++;
    StepResult result =
        new StepResult(iteration, numbers[0], numbers[1], lr, collapse(numbers[2], numbers[3]));
    requireFinite(result);
    if (updates) {
      state.updateAverage();
      lossScale = lossScale.next(Double.isFinite(result.gradientNorm()));
      position = spec.schedule().next(position, validation);
    }
    return result;
  }

  private double[] learn(Batch batch, boolean updates) {
    try (NDList first = inputs.of(batch, iteration + 1);
        NDArray hyper = array(hyper().values());
        NDList out =
            network()
                .kernels()
                .train(
                    method(updates),
                    new NDList(first).addAll(new NDList(hyper)).addAll(state.arguments(updates)))) {
      return NDArrays.doubles(out.get(0));
    }
  }

  /** As kernels tell it: NaN is what the method has not. */
  private Optional<Collapse> collapse(double teacherEntropy, double embeddingStd) {
    if (Double.isNaN(embeddingStd)) {
      return Optional.empty();
    }
    Double entropy = Double.isNaN(teacherEntropy) ? null : (Double) teacherEntropy;
    int features = spec.method().comparedFeatures(spec.model());
    return Optional.of(Collapse.of(entropy, embeddingStd, features, spec.model().outputs()));
  }

  private String method(boolean updates) {
    if (!state.gathers()) {
      return "train_step";
    }
    return updates ? "accumulated_step" : "accumulate";
  }

  private void requireFinite(StepResult step) {
    boolean overflow = !Double.isFinite(step.gradientNorm()) && !lossScale.mayOverflow();
    if (overflow || !Double.isFinite(step.loss())) {
      throw MedtransException.of(
          ErrorCode.TRAINING_DIVERGED,
          "iteration %d: the loss is %s, the norm of its gradient %s; a smaller learning rate or"
                  .formatted(step.iteration(), step.loss(), step.gradientNorm())
              + " grad_clipping may help");
    }
  }

  /**
   * What {@code batch} would teach with its labels, the method being supervised; nothing is learned
   * but the running statistics move.
   *
   * @throws MedtransException as {@link #trainStep} before anything is changed
   */
  public Gradients gradients(Batch batch) {
    BatchRules.check(spec, batch);
    Network network = state.network();
    try (NDList first = inputs.of(batch, iteration + 1);
        NDList out =
            network
                .kernels()
                .train("gradients", new NDList(first).addAll(network.arrays().arrays()))) {
      List<Tensor> lossLogitsGradients = network.read(out);
      Map<String, Tensor> byName = new LinkedHashMap<>();
      for (TensorSpec tensor : spec.trained()) {
        byName.put(tensor.name(), lossLogitsGradients.get(2 + byName.size()));
      }
      double loss = lossLogitsGradients.get(0).doubles()[0];
      return new Gradients(loss, lossLogitsGradients.get(1), byName);
    }
  }

  /**
   * Gives a learner that never learned other first weights.
   *
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_UNREADABLE} if a name or shape differs
   */
  public void begin(Map<String, Tensor> weights) {
    state.begin(weights);
  }

  /** Tells the schedule what the latest validation found. */
  public void validated(Validation latest) {
    validation = latest;
  }

  /**
   * The network that the training is for: the one that learns, the moving average of its weights,
   * or the teacher of DINO.
   */
  public Network network() {
    return state.evaluated();
  }

  /** The network that learns. */
  public Network student() {
    return state.network();
  }

  /** The network that follows the one that learns, of methods that have one: teacher or target. */
  public Optional<Network> teacher() {
    return state.teacher();
  }

  /** A copy of what the method remembers besides its networks, such as a centre, by name. */
  public Map<String, Tensor> memory() {
    return state.memory();
  }

  public LearnerSpec spec() {
    return spec;
  }

  /** What the loss of the next step is multiplied by. */
  LossScale lossScale() {
    return lossScale;
  }

  /** Batches learned from. */
  public long iteration() {
    return iteration;
  }

  /**
   * Writes the next step for another program to run: {@code NAME.pt} is the very archive of kernels
   * that it runs here, {@code NAME.safetensors} has the arguments of {@code train_step} by name,
   * those of a list as {@code state[]0}, {@code state[]1} and so on. Nothing is learned.
   */
  public void exportStep(Batch batch, Path folder, String name) throws IOException {
    BatchRules.check(spec, batch);
    Map<String, Tensor> arguments = new LinkedHashMap<>();
    arguments.put("labels", batch.labels());
    try (NDList first = inputs.of(batch, iteration + 1)) {
      int views = first.size() - 2;
      for (int i = 0; i < views; i++) {
        arguments.put("views[]" + i, NDArrays.read(first.get(i)));
      }
      arguments.put("uniform", NDArrays.read(first.get(first.size() - 1)));
    }
    double[] hyper = hyper().values();
    arguments.put("hyper", Tensor.ofDoubles(hyper, hyper.length));
    arguments.putAll(state.readArguments());
    LearnerFiles.write(folder.resolve(name + ".safetensors"), arguments);
    Map<String, Object> constants = TrainingConstants.of(spec, lossScale, "");
    constants.putAll(KernelConstants.ofNetwork(spec.model()));
    try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".pt"))) {
      Kernels.write(Kernels.LEARNER, constants, out);
    }
  }

  /** Copies everything that {@link #load} needs to go on exactly from here. */
  public LearnerSnapshot snapshot() {
    return state.copy(
        new LearnerFiles.Progress(iteration, position, validation, lossScale), midGroup(iteration));
  }

  /** Writes a {@link #snapshot} into an existing folder. */
  public void save(Path folder) throws IOException {
    try (LearnerSnapshot now = snapshot()) {
      now.write(folder);
    }
  }

  /**
   * Goes on where the learner that was saved in {@code folder} stood; it must have had the same
   * {@link LearnerSpec}.
   *
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_UNREADABLE} if the files are malformed or
   *     belong to another network
   */
  public void load(Path folder) throws IOException {
    LearnerFiles.Progress progress = LearnerFiles.progress(folder);
    state.load(folder, midGroup(progress.iteration()));
    iteration = progress.iteration();
    position = progress.position();
    validation = progress.validation();
    // What was saved may come from a device that scales otherwise.
    lossScale = lossScale.on() == progress.lossScale().on() ? progress.lossScale() : lossScale;
  }

  private boolean midGroup(long batches) {
    return batches > 0 && !spec.recipe().accumulation().updatesAfter(batches);
  }

  @Override
  public void close() {
    state.network().close();
  }

  private Hyper hyper() {
    Hyper plain =
        Hyper.plain(
            position.lr(), position.momentum(), spec.optimizer().weightDecay(), lossScale.scale());
    long epoch = iteration / spec.recipe().accumulation().batchesPerEpoch();
    return spec.method().at(plain, position.iteration(), epoch);
  }

  private NDArray array(double[] values) {
    return network().kernels().manager().create(values, new Shape(values.length));
  }
}
