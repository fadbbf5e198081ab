package org.medtransformers.learning.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.CounterRandom;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchDevice;

/**
 * A linear classifier on frozen embeddings: logistic regression on standardised features, fitted by
 * SGD with momentum 0.9 and without weight decay, 100 epochs in batches of 256, the learning rate
 * falling to 0 along a cosine; for a closed set of learning rates, all at once. It starts from zero
 * and the order follows from the number of images alone, so the result does too. Belongs to the
 * thread that made it.
 *
 * @see <a href="https://arxiv.org/abs/2104.14294">Emerging Properties in Self-Supervised Vision
 *     Transformers, Caron et al., 2021, appendix F.3: linear classification by SGD along a cosine,
 *     with the learning rate chosen on a validation set</a>
 */
public final class LinearProbe implements AutoCloseable {
  /** The learning rates of the models. */
  public static final List<Double> RATES =
      List.of(1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1);

  public static final int EPOCHS = 100;
  private static final int BATCH = 256;
  private static final double MOMENTUM = 0.9;

  private final Kernels kernels;
  private final Standardiser standardiser;
  private final int outputs;
  private NDArray weights;

  private LinearProbe(Kernels kernels, Standardiser standardiser, int outputs) {
    this.kernels = kernels;
    this.standardiser = standardiser;
    this.outputs = outputs;
  }

  /**
   * Fits a model for each of {@link #RATES}. Start the engine first.
   *
   * @param embeddings F32 [n, features]
   * @param targets F32 [n, outputs] of 0 and 1
   * @param oneOfSeveral whether an image shows exactly one of the outputs: softmax; else each
   *     output has a sigmoid of its own
   * @param eachEpoch is called before every epoch; what it throws ends the fit
   */
  public static LinearProbe fit(
      Tensor embeddings,
      Tensor targets,
      boolean oneOfSeveral,
      TorchDevice device,
      Runnable eachEpoch) {
    Map<String, Object> constants =
        Map.of("batch", (double) BATCH, "momentum", MOMENTUM, "softmax", oneOfSeveral);
    LinearProbe probe =
        new LinearProbe(
            Kernels.load(device.device(), "Logistic", constants),
            Standardiser.of(embeddings),
            targets.shape().get(1).intValue());
    try {
      probe.train(embeddings, targets, eachEpoch);
      return probe;
    } catch (RuntimeException e) {
      probe.close();
      throw e;
    }
  }

  private void train(Tensor embeddings, Tensor targets, Runnable eachEpoch) {
    PtNDManager manager = kernels.manager();
    int n = embeddings.shape().get(0).intValue();
    int columns = embeddings.shape().get(1).intValue() + 1;
    int rows = RATES.size() * outputs;
    Tensor zeros = Tensor.ofFloats(new float[Math.multiplyExact(rows, columns)], rows, columns);
    weights = NDArrays.of(manager, zeros);
    NDArray velocities = NDArrays.of(manager, zeros);
    try (NDArray x = NDArrays.of(manager, standardiser.apply(embeddings));
        NDArray y = NDArrays.of(manager, targets)) {
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        eachEpoch.run();
        try (NDArray order = NDArrays.of(manager, Tensor.ofLongs(order(n, epoch), n));
            NDArray rates = NDArrays.of(manager, rates(n, epoch));
            NDArray w = weights;
            NDArray v = velocities) {
          NDList next = kernels.infer("epoch", new NDList(x, y, order, rates, w, v));
          weights = next.get(0);
          velocities = next.get(1);
        }
      }
    }
    velocities.close();
  }

  /** A permutation of 0 to n - 1: Fisher and Yates' shuffle. */
  static long[] order(int n, int epoch) {
    CounterRandom random = CounterRandom.of(epoch, "linear probe");
    long[] order = new long[n];
    Arrays.setAll(order, i -> i);
    for (int i = n - 1; i > 0; i--) {
      int other = (int) (random.uniform(i) * (i + 1));
      long kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  }

  /** F32 [steps, models * outputs, 1]: every model's learning rate at every step of an epoch. */
  private Tensor rates(int n, int epoch) {
    int steps = (n + BATCH - 1) / BATCH;
    int rows = RATES.size() * outputs;
    float[] rates = new float[steps * rows];
    for (int step = 0; step < steps; step++) {
      double progress = (double) (epoch * steps + step) / (EPOCHS * steps);
      double share = (1 + Math.cos(Math.PI * progress)) / 2;
      for (int row = 0; row < rows; row++) {
        rates[step * rows + row] = (float) (RATES.get(row / outputs) * share);
      }
    }
    return Tensor.ofFloats(rates, steps, rows, 1);
  }

  /**
   * What every model says.
   *
   * @param embeddings F32 [n, features]
   * @return for each of {@link #RATES} logits [n, outputs], row by row
   */
  public List<float[]> logits(Tensor embeddings) {
    int n = embeddings.shape().get(0).intValue();
    float[] all;
    try (NDArray x = NDArrays.of(kernels.manager(), standardiser.apply(embeddings));
        NDList out = kernels.infer("logits", new NDList(x, weights))) {
      all = NDArrays.floats(out.get(0));
    }
    float[][] logits = new float[RATES.size()][n * outputs];
    for (int i = 0; i < all.length; i++) {
      int column = i % (RATES.size() * outputs);
      int image = i / (RATES.size() * outputs);
      logits[column / outputs][image * outputs + column % outputs] = all[i];
    }
    return List.of(logits);
  }

  @Override
  public void close() {
    kernels.close();
  }
}
