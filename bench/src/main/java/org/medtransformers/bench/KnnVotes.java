package org.medtransformers.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Random;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.knn.KnnClassifier;

/**
 * Times the votes of neighbours.
 *
 * @param dim features of an embedding
 * @param k neighbours
 */
record KnnVotes(int bank, int queries, int dim, int k) {
  private static final int CLASSES = 8;
  private static final int REPETITIONS = 5;
  private static final double TEMPERATURE = 0.1;

  /** What is printed, with the peer's fields. */
  record Times(
      String peer,
      int bank,
      int queries,
      int dim,
      int k,
      @JsonProperty("ms_median") double median) {}

  Times measure(TorchDevice device) {
    Random random = new Random(0);
    int[] labels = random.ints(bank, 0, CLASSES).toArray();
    Tensor asked = embeddings(random, queries);
    double[] times;
    try (KnnClassifier knn =
        new KnnClassifier(
            embeddings(random, bank),
            KnnClassifier.oneHot(labels, CLASSES),
            k,
            TEMPERATURE,
            device)) {
      times = StepTimes.of(REPETITIONS, () -> knn.vote(asked));
    }
    String peer = "medtransformers libtorch " + TorchEngine.version();
    return new Times(peer, bank, queries, dim, k, StepTimes.median(times));
  }

  private Tensor embeddings(Random random, int n) {
    float[] values = new float[Math.multiplyExact(n, dim)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.ofFloats(values, n, dim);
  }
}
