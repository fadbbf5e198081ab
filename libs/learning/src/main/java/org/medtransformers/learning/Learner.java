package org.medtransformers.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.medtransformers.contracts.CounterRandom;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;
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
  private final Network network;
  private final Optional<Network> average;
  private final TrainedState optimizerState;
  private final Optional<TrainedState> gradientSums;
  private long iteration;
  private Position position;
  private Validation validation = Validation.NONE;
  private LossScale lossScale;

  private Learner(LearnerSpec spec, Network network, LossScale lossScale) {
    this.spec = spec;
    this.position = spec.schedule().start();
    this.lossScale = lossScale;
    this.network = network;
    this.average = spec.recipe().averages() ? Optional.of(network.twin()) : Optional.empty();
    this.optimizerState = TrainedState.ofOptimizer(network, spec);
    this.gradientSums =
        spec.recipe().accumulation().gathers()
            ? Optional.of(TrainedState.ofGradients(network, spec))
            : Optional.empty();
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
    boolean scalesLoss = mixedType.equals("float16");
    return create(
        spec, device, firstWeights, mixedType, scalesLoss ? LossScale.initial() : LossScale.OFF);
  }

  /** In float32, but with the loss scaled as for half precision. */
  static Learner create(LearnerSpec spec, TorchDevice device, LossScale lossScale) {
    return create(spec, device, drawn(spec), "", lossScale);
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
   *     not finite, {@link ErrorCode#LABEL_OUT_OF_RANGE} before anything is changed
   */
  public StepResult trainStep(Batch batch) {
    check(batch);
    boolean updates = spec.recipe().accumulation().updatesAfter(iteration + 1);
    double lr = position.lr();
    double[] lossAndNorm = learn(batch, updates);
    iteration++;
    StepResult result = new StepResult(iteration, lossAndNorm[0], lossAndNorm[1], lr);
    requireFinite(result);
    if (updates) {
      average.ifPresent(this::updateAverage);
      lossScale = lossScale.next(Double.isFinite(result.gradientNorm()));
      position = spec.schedule().next(position, validation);
    }
    return result;
  }

  private double[] learn(Batch batch, boolean updates) {
    try (NDArray x = network.staging().stage(network.manager(), batch.images());
        NDArray labels = NDArrays.of(network.manager(), batch.labels());
        NDArray uniform = dropPathDraws(batch.size());
        NDArray hyper = hyper()) {
      NDList arguments = new NDList(x, labels, uniform, hyper).addAll(network.rawState());
      if (updates) {
        arguments.addAll(optimizerState.arrays());
      }
      gradientSums.ifPresent(sums -> arguments.addAll(sums.arrays()));
      try (NDList out = network.kernels().train(method(updates), arguments)) {
        return out.get(0).toDoubleArray();
      }
    }
  }

  private String method(boolean updates) {
    if (gradientSums.isEmpty()) {
      return "train_step";
    }
    return updates ? "accumulated_step" : "accumulate";
  }

  private void updateAverage(Network averaged) {
    averaged.rawState().forEach(array -> array.setName("averages[]"));
    try (NDList first =
        network
            .kernels()
            .train("average", new NDList(network.rawState()).addAll(averaged.rawState()))) {
      averaged.rawState().forEach(array -> array.setName("state[]"));
    }
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
   * What {@code batch} would teach; nothing is learned but the running statistics move.
   *
   * @throws MedtransException as {@link #trainStep} before anything is changed
   */
  public Gradients gradients(Batch batch) {
    check(batch);
    try (NDArray x = network.staging().stage(network.manager(), batch.images());
        NDArray labels = NDArrays.of(network.manager(), batch.labels());
        NDArray uniform = dropPathDraws(batch.size());
        NDList out =
            network
                .kernels()
                .train("gradients", new NDList(x, labels, uniform).addAll(network.rawState()))) {
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
    network.setState(weights);
    average.ifPresent(a -> a.setState(weights));
  }

  /** Tells the schedule what the latest validation found. */
  public void validated(Validation latest) {
    validation = latest;
  }

  /** The network to evaluate: as it stands, or its moving average where there is one. */
  public Network network() {
    return average.orElse(network);
  }

  public LearnerSpec spec() {
    return spec;
  }

  /** Batches learned from. */
  public long iteration() {
    return iteration;
  }

  /** Writes everything that {@link #load} needs to go on exactly, into an existing folder. */
  public void save(Path folder) throws IOException {
    save(folder.resolve(LearnerFiles.MODEL), network().names(), network().rawState());
    if (average.isPresent()) {
      save(folder.resolve(LearnerFiles.UNAVERAGED), network.names(), network.rawState());
    }
    save(folder.resolve(LearnerFiles.OPTIMIZER), optimizerState.names(), optimizerState.arrays());
    if (midGroup()) {
      TrainedState sums = gradientSums.orElseThrow();
      save(folder.resolve(LearnerFiles.GRADIENTS), sums.names(), sums.arrays());
    }
    LearnerFiles.write(
        folder, new LearnerFiles.Progress(iteration, position, validation, lossScale));
  }

  private void save(Path file, List<String> names, NDList arrays) throws IOException {
    try (NDList rowMajor = network.rowMajor(arrays)) {
      LearnerFiles.write(file, Network.view(names, rowMajor));
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
    network().setState(LearnerFiles.model(folder));
    if (average.isPresent()) {
      network.setState(LearnerFiles.read(folder.resolve(LearnerFiles.UNAVERAGED)));
    }
    optimizerState.set(LearnerFiles.read(folder.resolve(LearnerFiles.OPTIMIZER)));
    iteration = progress.iteration();
    position = progress.position();
    validation = progress.validation();
    // What was saved may come from a device that scales otherwise.
    lossScale = lossScale.on() == progress.lossScale().on() ? progress.lossScale() : lossScale;
    if (midGroup()) {
      gradientSums.orElseThrow().set(LearnerFiles.read(folder.resolve(LearnerFiles.GRADIENTS)));
    }
  }

  private boolean midGroup() {
    return iteration > 0 && !spec.recipe().accumulation().updatesAfter(iteration);
  }

  @Override
  public void close() {
    network.close();
  }

  private void check(Batch batch) {
    network.requireChannels(batch.images());
    batch.requireLabelsFor(spec.model().outputs());
    List<Long> shape = batch.images().shape();
    if (spec.model().residual()
        && !spec.freezeBackbone()
        && shape.get(0) == 1
        && Math.max(shape.get(2), shape.get(3)) <= ModelSpec.RESNET_STRIDE) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "a training batch of one image of %d × %d pixels leaves batch norm one value per channel"
              .formatted(shape.get(2), shape.get(3)));
    }
  }

  private NDArray hyper() {
    return network
        .manager()
        .create(new double[] {position.lr(), position.momentum(), lossScale.scale()}, new Shape(3));
  }

  /** One uniform number per residual branch and image. */
  private NDArray dropPathDraws(int images) {
    int branches = spec.model().dropPathDraws();
    CounterRandom random = CounterRandom.of(spec.seed(), "drop path " + (iteration + 1));
    float[] draws = new float[branches * images];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = (float) random.uniform(i);
    }
    return network.manager().create(draws, new Shape(branches, images));
  }
}
