package org.medtransformers.imaging.prepare;

import java.util.List;
import org.medtransformers.contracts.data.DatasetDescription;

/**
 * What the images of a prepared set are like.
 *
 * @param mean per channel over all pixels of the prepared training images, scaled to [0, 1]
 * @param std likewise, of the population
 */
public record Statistics(
    List<Double> mean, List<Double> std, Duplicates duplicates, NearDuplicates nearDuplicates) {

  /**
   * {@code description} with this mean and standard deviation where it has none of its own. A
   * channel that never varies is divided by 1.
   */
  DatasetDescription complete(DatasetDescription description) {
    return description.mean().isEmpty()
        ? new DatasetDescription(
            description.name(),
            description.classes(),
            description.task(),
            description.channels(),
            mean,
            std.stream().map(s -> s == 0 ? 1 : s).toList(),
            description.targetMetric(),
            description.synthetic())
        : description;
  }
}
