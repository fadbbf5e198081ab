package org.medtransformers.learning.knn;

import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;

/**
 * Embeddings of images whose classes are known, gathered batch by batch, and the classifiers that
 * ask them. Their {@link KnnClassifier.Votes#shares shares} have a column for each class of the
 * data set, for a binary task negative and positive.
 */
public final class FeatureBank {
  private final DatasetDescription dataset;
  private final List<Tensor> embeddings = new ArrayList<>();
  private final List<Tensor> targets = new ArrayList<>();
  private int size;

  public FeatureBank(DatasetDescription dataset) {
    this.dataset = dataset;
  }

  /**
   * Adds a batch.
   *
   * @param batch F32 [n, features]
   * @param labels [n], or [n, classes] of 0 and 1 row by row where an image may show several
   */
  public void add(Tensor batch, int[] labels) {
    int n = batch.shape().get(0).intValue();
    int classes = dataset.classes().size();
    embeddings.add(batch);
    targets.add(
        switch (dataset.task()) {
          case MULTI_CLASS, BINARY -> KnnClassifier.oneHot(labels, classes);
          case MULTI_LABEL -> Tensor.ofFloats(floats(labels), n, classes);
        });
    size += n;
  }

  /** Number of embeddings. */
  public int size() {
    return size;
  }

  /** How many neighbours vote where {@code k} are asked for. */
  public int neighbours(int k) {
    return Math.min(k, size);
  }

  /**
   * A classifier over all that was added; it needs the bank no longer. Start the engine first.
   *
   * @param k neighbours; see {@link #neighbours}
   * @param temperature above 0
   * @throws MedtransException {@link ErrorCode#DATASET_INVALID} if the bank is empty
   */
  public KnnClassifier classifier(int k, double temperature, TorchDevice device) {
    if (size == 0) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "the training split of %s is empty: there are no neighbours to ask"
              .formatted(dataset.name()));
    }
    return new KnnClassifier(
        Tensor.concatenated(embeddings),
        Tensor.concatenated(targets),
        neighbours(k),
        temperature,
        device);
  }

  private static float[] floats(int[] labels) {
    float[] values = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = labels[i];
    }
    return values;
  }
}
