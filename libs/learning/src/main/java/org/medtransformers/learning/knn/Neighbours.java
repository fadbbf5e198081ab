package org.medtransformers.learning.knn;

import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;

/**
 * The nearest neighbours by which a run judges embeddings: {@code training_params.knn_nhood} of
 * them, weighted with {@code medtrans.knn.temperature}.
 */
public final class Neighbours implements AutoCloseable {
  private static final int MOST_UNASKED = 200;

  private final RunConfig config;
  private final TorchDevice device;
  private final FeatureBank bank;
  private KnnClassifier classifier;

  public Neighbours(DatasetDescription dataset, RunConfig config, TorchDevice device) {
    this.config = config;
    this.device = device;
    this.bank = new FeatureBank(dataset);
  }

  /** Adds a batch to those that may be neighbours; see {@link FeatureBank#add}. */
  public void remember(Tensor embeddings, int[] labels) {
    bank.add(embeddings, labels);
  }

  /**
   * Asks the neighbours of a batch, once all are known.
   *
   * @param embeddings F32 [n, features]
   * @return the probability of each class, [n, classes] row by row
   */
  public float[] ask(Tensor embeddings) {
    if (classifier == null) {
      classifier = bank.classifier(asked(), config.medtrans().knn().temperature(), device);
    }
    return classifier.vote(embeddings).shares().floats();
  }

  /** How many vote. */
  public int k() {
    return bank.neighbours(asked());
  }

  /** Where all or nearly all of a small bank vote, every image is given its most frequent class. */
  private int asked() {
    Integer given = config.training().knnNeighbours();
    return given == null ? Math.min(MOST_UNASKED, Math.max(1, bank.size() / 10)) : given;
  }

  @Override
  public void close() {
    if (classifier != null) {
      classifier.close();
    }
  }
}
