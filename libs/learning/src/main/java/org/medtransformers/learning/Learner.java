package org.medtransformers.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.medtransformers.learning.optimizer.Optimizer;
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
  private final OptimizerState optimizerState;
  private Position position;
  private Validation validation = Validation.NONE;

  private Learner(LearnerSpec spec, Network network) {
    this.spec = spec;
    this.position = spec.schedule().start();
    this.network = network;
    List<String> slots = spec.optimizer().slots(spec.schedule().cyclesMomentum());
    this.optimizerState = new OptimizerState(network, slots, trainable(spec));
  }

  /**
   * A learner with first weights drawn from the seed. Start the engine first ({@link
   * TorchEngine#start}).
   */
  public static Learner create(LearnerSpec spec, TorchDevice device) {
    Map<String, Tensor> weights = Initializer.initialise(spec.model(), spec.seed());
    Network network = new Network(spec.model(), device, constants(spec));
    try {
      network.setState(weights);
      return new Learner(spec, network);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /**
   * Does one step: forward, loss, gradients, clipping, update.
   *
   * @throws MedtransException {@link ErrorCode#TRAINING_DIVERGED} if the loss is not finite, {@link
   *     ErrorCode#LABEL_OUT_OF_RANGE} before anything is changed
   */
  public StepResult trainStep(Batch batch) {
    check(batch);
    double lr = position.lr();
    try (NDArray x = network.staging().stage(network.manager(), batch.images());
        NDArray labels = NDArrays.of(network.manager(), batch.labels());
        NDArray uniform = dropPathDraws(batch.size());
        NDArray hyper = hyper();
        NDList out =
            network
                .kernels()
                .train(
                    "train_step",
                    new NDList(x, labels, uniform, hyper)
                        .addAll(network.rawState())
                        .addAll(optimizerState.arrays()))) {
      double[] lossAndNorm = out.get(0).toDoubleArray();
      position = spec.schedule().next(position, validation);
      StepResult result = new StepResult(position.iteration(), lossAndNorm[0], lossAndNorm[1], lr);
      if (!Double.isFinite(result.loss())) {
        throw MedtransException.of(
            ErrorCode.TRAINING_DIVERGED,
            "the loss became " + result.loss() + " at iteration " + result.iteration());
      }
      return result;
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
      for (TensorSpec tensor : trainable(spec)) {
        byName.put(tensor.name(), lossLogitsGradients.get(2 + byName.size()));
      }
      double loss = lossLogitsGradients.get(0).floats()[0];
      return new Gradients(loss, lossLogitsGradients.get(1), byName);
    }
  }

  /** Tells the schedule what the latest validation found. */
  public void validated(Validation latest) {
    validation = latest;
  }

  /** The network as it stands, for evaluation. */
  public Network network() {
    return network;
  }

  public LearnerSpec spec() {
    return spec;
  }

  /** Iterations done. */
  public long iteration() {
    return position.iteration();
  }

  /** Writes everything that {@link #load} needs to go on exactly, into an existing folder. */
  public void save(Path folder) throws IOException {
    try (NDList model = network.rowMajor(network.rawState());
        NDList optimizer = network.rowMajor(optimizerState.arrays())) {
      LearnerFiles.write(
          folder,
          Network.view(network.names(), model),
          Network.view(optimizerState.names(), optimizer),
          new LearnerFiles.Progress(position, validation));
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
    network.setState(LearnerFiles.model(folder));
    optimizerState.set(LearnerFiles.optimizer(folder));
    position = progress.position();
    validation = progress.validation();
  }

  @Override
  public void close() {
    network.close();
  }

  /** Constants of a network that is not trained. */
  static Map<String, Object> untrained() {
    Map<String, Object> constants = constants(new Optimizer.Sgd(0, 0, 0, 0, false));
    constants.put("clip", 0.0);
    constants.put("frozen", true);
    constants.put("trainable", "fc.weight\nfc.bias");
    return constants;
  }

  private static Map<String, Object> constants(LearnerSpec spec) {
    Map<String, Object> constants = constants(spec.optimizer());
    constants.put("clip", spec.gradientClip());
    constants.put("frozen", spec.freezeBackbone());
    constants.put("trainable", Network.join(trainable(spec)));
    return constants;
  }

  /** The kernels' constants that an optimizer decides. */
  static Map<String, Object> constants(Optimizer optimizer) {
    Map<String, Object> constants = new LinkedHashMap<>();
    constants.put("optimizer", optimizer.type());
    constants.put("weight_decay", optimizer.weightDecay());
    constants.put("beta2", 0.0);
    constants.put("eps", 0.0);
    constants.put("dampening", 0.0);
    constants.put("nesterov", false);
    if (optimizer instanceof Optimizer.Adam adam) {
      constants.put("beta2", adam.beta2());
      constants.put("eps", adam.eps());
    } else if (optimizer instanceof Optimizer.AdamW adamW) {
      constants.put("beta2", adamW.beta2());
      constants.put("eps", adamW.eps());
    } else if (optimizer instanceof Optimizer.Sgd sgd) {
      constants.put("dampening", sgd.dampening());
      constants.put("nesterov", sgd.nesterov());
    }
    return constants;
  }

  private static List<TensorSpec> trainable(LearnerSpec spec) {
    return spec.model().tensors().stream()
        .filter(TensorSpec::trained)
        .filter(t -> !spec.freezeBackbone() || t.name().startsWith("fc."))
        .toList();
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
        .create(new double[] {position.lr(), position.momentum()}, new Shape(2));
  }

  /** One uniform number per residual branch and image. */
  private NDArray dropPathDraws(int images) {
    int branches = spec.model().dropPathDraws();
    CounterRandom random = CounterRandom.of(spec.seed(), "drop path " + (position.iteration() + 1));
    float[] draws = new float[branches * images];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = (float) random.uniform(i);
    }
    return network.manager().create(draws, new Shape(branches, images));
  }
}
