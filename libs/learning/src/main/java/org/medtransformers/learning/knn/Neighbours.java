package org.medtransformers.learning.knn;

import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.statistics.Predictions;

/**
 * What the nearest neighbours of a split's images say of them, as a run's file asks for while it
 * trains: {@code training_params.knn_nhood} of them, weighted with {@code
 * medtrans.knn.temperature}.
 */
public final class Neighbours implements AutoCloseable {
  private final RunConfig config;
  private final TorchDevice device;
  private final FeatureBank bank;
  private final Predictions predictions;
  private KnnClassifier classifier;

  public Neighbours(DatasetDescription dataset, RunConfig config, TorchDevice device) {
    this.config = config;
    this.device = device;
    this.bank = new FeatureBank(dataset);
    this.predictions = new Predictions(dataset.task(), dataset.outputs());
  }

  /** Adds a batch to those that may be neighbours; see {@link FeatureBank#add}. */
  public void remember(Tensor embeddings, int[] labels) {
    bank.add(embeddings, labels);
  }

  /**
   * Asks the neighbours of a batch, once all are known.
   *
   * @param embeddings F32 [n, features]
   * @param labels to compare with, see {@link Predictions#addProbabilities}
   * @return the probability of each class, F32 [n, classes]
   */
  public Tensor ask(Tensor embeddings, int[] labels) {
    if (classifier == null) {
      classifier =
          bank.classifier(
              config.training().knnNeighbours(), config.medtrans().knn().temperature(), device);
    }
    Tensor shares = classifier.vote(embeddings).shares();
    predictions.addProbabilities(shares.floats(), labels);
    return shares;
  }

  /** How many vote. */
  public int k() {
    return bank.neighbours(config.training().knnNeighbours());
  }

  /** Of all that were asked. */
  public Metrics metrics() {
    return predictions.metrics();
  }

  @Override
  public void close() {
    if (classifier != null) {
      classifier.close();
    }
  }
}
