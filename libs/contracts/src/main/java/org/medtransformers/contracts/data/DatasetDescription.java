package org.medtransformers.contracts.data;

import java.util.List;

/**
 * What a trainer needs to know of a prepared data set.
 *
 * @param name as in the experiment file, e.g. {@code APTOS2019}; of a run's data the name that
 *     tables have for it, see {@link org.medtransformers.contracts.config.DatasetTitle}
 * @param classes class names in label order; for {@link Task#BINARY} negative, positive; none where
 *     the images have no labels
 * @param channels 1 or 3
 * @param mean per channel, of pixels scaled to [0, 1]; of a data set that comes without, empty
 *     until it has been prepared
 * @param std per channel, likewise
 * @param synthetic true where the images were drawn by a program; shown wherever results are
 */
public record DatasetDescription(
    String name,
    List<String> classes,
    Task task,
    int channels,
    List<Double> mean,
    List<Double> std,
    TargetMetric targetMetric,
    boolean synthetic) {

  /** The same under another name. */
  DatasetDescription named(String other) {
    return new DatasetDescription(
        other, classes, task, channels, mean, std, targetMetric, synthetic);
  }

  /** Whether anything is known of what its images show; without, there is nothing to measure. */
  public boolean labelled() {
    return !classes.isEmpty();
  }

  /** Number of logits: one per class, or a single one for a binary task. */
  public int outputs() {
    return switch (task) {
      case MULTI_CLASS, MULTI_LABEL -> classes.size();
      case BINARY -> 1;
    };
  }
}
