package org.medtransformers.gateway.prediction;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.Predictions;

/** What a run's model said of every image of the split on which it was measured. */
final class PredictedRun {
  private final DatasetDescription dataset;
  private final Split split;
  private final List<PredictedImage> images;

  /** One per image, see {@link Predictions#loss}. */
  private final double[] losses;

  /** The most wrong first; of equally wrong ones in their own order. */
  private final int[] worstFirst;

  /**
   * @param images in the order of the split
   */
  PredictedRun(DatasetDescription dataset, Split split, List<PredictedImage> images) {
    this.dataset = dataset;
    this.split = split;
    this.images = images;
    this.losses =
        images.stream().mapToDouble(image -> Predictions.loss(dataset.task(), image)).toArray();
    this.worstFirst =
        IntStream.range(0, losses.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> losses[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
  }

  DatasetDescription dataset() {
    return dataset;
  }

  Split split() {
    return split;
  }

  List<PredictedImage> images() {
    return images;
  }

  double loss(int row) {
    return losses[row];
  }

  boolean wrong(int row) {
    return !images.get(row).classes().equals(images.get(row).prediction());
  }

  /** The rows, in an order. */
  IntStream rows(Order order) {
    int last = worstFirst.length - 1;
    return switch (order) {
      case WRONG -> IntStream.of(worstFirst);
      case RIGHT -> IntStream.rangeClosed(0, last).map(i -> worstFirst[last - i]);
      case ROW -> IntStream.rangeClosed(0, last);
    };
  }
}
