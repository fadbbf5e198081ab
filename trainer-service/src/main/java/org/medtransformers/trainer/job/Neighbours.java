package org.medtransformers.trainer.job;

import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.knn.FeatureBank;
import org.medtransformers.learning.knn.KnnClassifier;
import org.medtransformers.statistics.Predictions;

/**
 * What the nearest neighbours of a split's images say of them: {@code training_params.knn_nhood} of
 * them, weighted with {@code medtrans.knn.temperature}.
 */
final class Neighbours implements AutoCloseable {
  private final RunConfig config;
  private final TorchDevice device;
  private final FeatureBank bank;
  private final Predictions predictions;
  private KnnClassifier classifier;

  Neighbours(DatasetDescription dataset, RunConfig config, TorchDevice device) {
    this.config = config;
    this.device = device;
    this.bank = new FeatureBank(dataset);
    this.predictions = new Predictions(dataset.task(), dataset.outputs());
  }

  /** Adds a batch to those that may be neighbours. */
  void remember(Tensor embeddings, int[] labels) {
    bank.add(embeddings, labels);
  }

  /** Asks the neighbours of a batch, once all are known. */
  void ask(Tensor embeddings, int[] labels) {
    if (classifier == null) {
      classifier =
          bank.classifier(
              config.training().knnNeighbours(), config.medtrans().knn().temperature(), device);
    }
    predictions.addProbabilities(classifier.vote(embeddings).shares().floats(), labels);
  }

  Metrics metrics() {
    return predictions.metrics();
  }

  @Override
  public void close() {
    if (classifier != null) {
      classifier.close();
    }
  }
}
