package org.medtransformers.eval.job;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.Predictions;

/** What a network says of every labelled image of a split, in the order of the index. */
final class SplitOutputs {
  private final List<DatasetImage> images = new ArrayList<>();
  private final Predictions predictions;
  private final List<Tensor> embeddings = new ArrayList<>();
  private final List<int[]> labels = new ArrayList<>();

  /**
   * @param predictions still to be made
   */
  SplitOutputs(Predictions predictions) {
    this.predictions = predictions;
  }

  /**
   * Adds the next batch.
   *
   * @param shown its images
   * @param batch embeddings, F32 [n, features]
   * @param classes [n], or [n, classes] of 0 and 1 where an image may show several
   */
  void add(List<DatasetImage> shown, Tensor batch, int[] classes) {
    images.addAll(shown);
    embeddings.add(batch);
    labels.add(classes);
  }

  List<DatasetImage> images() {
    return images;
  }

  Predictions predictions() {
    return predictions;
  }

  /** Patient or lesion of each image; empty where unknown. */
  List<String> groups() {
    return images.stream().map(DatasetImage::group).toList();
  }

  /** One per image. */
  List<PredictedImage> predictedImages() {
    return IntStream.range(0, images.size())
        .mapToObj(i -> predictions.image(i, images.get(i).id(), images.get(i).group()))
        .toList();
  }

  /** Hears of every batch of embeddings F32 [n, features] with its labels, as {@link #add}. */
  void forEachBatch(BiConsumer<Tensor, int[]> batch) {
    for (int i = 0; i < labels.size(); i++) {
      batch.accept(embeddings.get(i), labels.get(i));
    }
  }
}
