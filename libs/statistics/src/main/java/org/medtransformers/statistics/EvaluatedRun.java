package org.medtransformers.statistics;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.PairedComparison;

/**
 * A training and how its model did on every image of the test set.
 *
 * @param metric that the data set is judged by
 * @param seed by which trainings of two models belong together
 * @param value the metric of the test set's images in their order, given how often each counts
 * @param right whether each of the images was classified rightly
 */
public record EvaluatedRun(
    String dataset,
    TargetMetric metric,
    PairedComparison.Model model,
    long seed,
    HeldOutSet test,
    ToDoubleFunction<int[]> value,
    BitSet right) {

  /**
   * From predictions in whatever order.
   *
   * @throws IllegalArgumentException if they are none, or not of one test set and {@code task}
   */
  public static EvaluatedRun of(
      String dataset,
      TargetMetric metric,
      Task task,
      PairedComparison.Model model,
      long seed,
      List<PredictedImage> predictions) {
    requireSound(predictions, task);
    List<PredictedImage> images = HeldOutSet.ordered(predictions);
    Outcomes outcomes = Outcomes.of(task, images);
    BitSet right = new BitSet(images.size());
    for (int i = 0; i < images.size(); i++) {
      right.set(i, images.get(i).classes().equals(images.get(i).prediction()));
    }
    return new EvaluatedRun(
        dataset,
        metric,
        model,
        seed,
        HeldOutSet.of(images),
        counts -> outcomes.value(metric, counts),
        right);
  }

  private static void requireSound(List<PredictedImage> predictions, Task task) {
    if (predictions.isEmpty()) {
      throw new IllegalArgumentException("there are no images");
    }
    int classes = predictions.get(0).probabilities().size();
    Set<String> ids = new HashSet<>();
    for (PredictedImage image : predictions) {
      if (!ids.add(image.image())) {
        throw new IllegalArgumentException(image.image() + " is there twice");
      }
      requireSound(image, image.classes(), task, classes);
      requireSound(image, image.prediction(), task, classes);
    }
  }

  private static void requireSound(
      PredictedImage image, List<Integer> shown, Task task, int classes) {
    boolean single = task == Task.MULTI_LABEL || shown.size() == 1;
    if (!single
        || image.probabilities().size() != classes
        || shown.stream().anyMatch(c -> c < 0 || c >= classes)) {
      throw new IllegalArgumentException(
          "%s: found class %s and %d probabilities, allowed: classes below %d and as many probabilities"
              .formatted(image.image(), shown, image.probabilities().size(), classes));
    }
  }
}
