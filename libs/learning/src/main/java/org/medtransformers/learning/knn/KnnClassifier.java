package org.medtransformers.learning.knn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchDevice;

/**
 * Classifies embeddings by the most similar ones of a feature bank: each of the k neighbours votes
 * for its own classes with the weight exp(cosine similarity / temperature). Belongs to the thread
 * that made it.
 *
 * @see <a href="https://arxiv.org/abs/1805.01978">Non-Parametric Instance Discrimination, Wu et
 *     al., 2018, section 3.4</a>
 */
public final class KnnClassifier implements AutoCloseable {
  /**
   * Similarities held at a time, 32 MB: a larger bank is asked about fewer queries at once. So many
   * stay below the size from which memory is mapped anew for every block, 32 MiB.
   */
  private static final int SIMILARITIES = 8_000_000;

  private static final String KERNELS = "Knn";

  private final Kernels kernels;
  private final NDArray bank;
  private final NDArray targets;
  private final int features;
  private final int classes;
  private final int chunk;
  private final int k;

  /**
   * What the neighbours of each query say.
   *
   * @param scores F32 [n, classes], the sum of the weights of the neighbours in the class
   * @param weights F32 [n], the sum of the weights of all neighbours
   */
  public record Votes(Tensor scores, Tensor weights) {
    /** The classes' shares in the weights, each in [0, 1]: for several labels per image. */
    public Tensor shares() {
      float[] shares = scores.floats();
      float[] total = weights.floats();
      int classes = scores.shape().get(1).intValue();
      for (int i = 0; i < shares.length; i++) {
        shares[i] /= total[i / classes];
      }
      return Tensor.ofFloats(shares, total.length, classes);
    }
  }

  /**
   * A classifier over {@code bank}. Start the engine first.
   *
   * @param bank F32 [N, features], of any length each
   * @param targets F32 [N, classes] of 0 and 1: one or several classes per embedding
   * @param k neighbours; all of the bank if it has fewer
   * @param temperature above 0
   */
  public KnnClassifier(Tensor bank, Tensor targets, int k, double temperature, TorchDevice device) {
    requireMatrix("bank", bank);
    requireMatrix("targets", targets);
    require(
        targets.shape().get(0).equals(bank.shape().get(0)) && bank.shape().get(0) > 0,
        "targets are " + targets.shape() + " for a bank of " + bank.shape());
    require(k > 0 && temperature > 0, "k is " + k + ", the temperature " + temperature);
    this.k = k;
    this.features = bank.shape().get(1).intValue();
    this.classes = targets.shape().get(1).intValue();
    this.chunk = (int) Math.max(1, SIMILARITIES / bank.shape().get(0));
    this.kernels = Kernels.load(device.device(), KERNELS, constants(k, temperature));
    PtNDManager manager = kernels.manager();
    try (NDArray raw = NDArrays.of(manager, bank)) {
      this.bank = kernels.infer("normalised", new NDList(raw)).get(0);
    }
    this.targets = NDArrays.of(manager, targets);
  }

  /** Writes the archive of kernels that a classifier runs, for another program. */
  public static void export(int k, double temperature, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      Kernels.write(KERNELS, constants(k, temperature), out);
    }
  }

  private static Map<String, Object> constants(int k, double temperature) {
    return Map.of("k", (double) k, "temperature", temperature);
  }

  /**
   * Asks the neighbours.
   *
   * @param queries F32 [n, features]
   */
  public Votes vote(Tensor queries) {
    return votes(queries, List.of(k)).get(0);
  }

  /**
   * Asks several numbers of neighbours in one search.
   *
   * @param queries F32 [n, features]
   * @param ks numbers of neighbours, none above that of the classifier
   * @return one for each of {@code ks}
   */
  public List<Votes> votes(Tensor queries, List<Integer> ks) {
    requireMatrix("queries", queries);
    require(queries.shape().get(1) == features, "queries are " + queries.shape());
    require(ks.stream().allMatch(each -> each > 0 && each <= k), "k is " + ks + ", at most " + k);
    int n = queries.shape().get(0).intValue();
    float[] values = queries.floats();
    float[][] scores = new float[ks.size()][Math.multiplyExact(n, classes)];
    float[][] weights = new float[ks.size()][n];
    long[] neighbours = ks.stream().mapToLong(Integer::longValue).toArray();
    try (NDArray of =
        NDArrays.of(kernels.manager(), Tensor.ofLongs(neighbours, neighbours.length))) {
      for (int from = 0; from < n; from += chunk) {
        int to = Math.min(n, from + chunk);
        float[] rows = Arrays.copyOfRange(values, from * features, to * features);
        try (NDArray x =
                NDArrays.of(kernels.manager(), Tensor.ofFloats(rows, to - from, features));
            NDList out = kernels.infer("votes", new NDList(x, bank, targets, of))) {
          for (int i = 0; i < ks.size(); i++) {
            float[] found = NDArrays.floats(out.get(2 * i));
            System.arraycopy(found, 0, scores[i], from * classes, found.length);
            System.arraycopy(NDArrays.floats(out.get(2 * i + 1)), 0, weights[i], from, to - from);
          }
        }
      }
    }
    return IntStream.range(0, ks.size())
        .mapToObj(
            i -> new Votes(Tensor.ofFloats(scores[i], n, classes), Tensor.ofFloats(weights[i], n)))
        .toList();
  }

  @Override
  public void close() {
    kernels.close();
  }

  private static void requireMatrix(String what, Tensor found) {
    require(
        found.dtype() == DType.F32 && found.shape().size() == 2,
        what + " are " + found.dtype() + " " + found.shape() + ", allowed is F32 [rows, columns]");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw MedtransException.of(ErrorCode.INVALID_REQUEST, message);
    }
  }

  /** One class per embedding as targets: F32 [N, classes]. */
  public static Tensor oneHot(int[] labels, int classes) {
    float[] targets = new float[Math.multiplyExact(labels.length, classes)];
    for (int i = 0; i < labels.length; i++) {
      require(
          labels[i] >= 0 && labels[i] < classes,
          "label " + labels[i] + ", allowed is 0 to " + (classes - 1));
      targets[i * classes + labels[i]] = 1;
    }
    return Tensor.ofFloats(targets, labels.length, classes);
  }
}
