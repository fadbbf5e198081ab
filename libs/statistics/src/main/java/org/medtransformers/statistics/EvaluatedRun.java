package org.medtransformers.statistics;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.PairedComparison;

/**
 * A training and how its model did on every image of the test set; or the trainings of all folds of
 * one division, each image being told by the model that had not seen it.
 *
 * @param metric that the data set is judged by
 * @param training by which those of two models belong together
 * @param value the metric of the test set's images in their order, given how often each counts; of
 *     several folds that of all their predictions together
 * @param right whether each of the images was classified rightly
 * @param folds of the division, by their numbers; empty where there is none
 */
public record EvaluatedRun(
    String dataset,
    TargetMetric metric,
    PairedComparison.Model model,
    Training training,
    HeldOutSet test,
    ToDoubleFunction<int[]> value,
    BitSet right,
    List<Fold> folds) {

  /**
   * What two trainings must have in common to be a pair.
   *
   * @param division seed by which the images were divided into folds; null without folds
   * @param seed of weights, order and augmentation
   */
  public record Training(Long division, long seed) implements Comparable<Training> {
    private static final Comparator<Training> ORDER =
        Comparator.comparing(Training::division, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingLong(Training::seed);

    @Override
    public int compareTo(Training other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * One round of a cross-validation.
   *
   * @param value the metric of its own test images; NaN where it has none
   * @param train images that it was trained with
   * @param test images
   */
  public record Fold(int number, double value, int train, int test) {}

  /**
   * What a round of a cross-validation said.
   *
   * @param train images that it was trained with
   */
  public record FoldPredictions(int number, int train, List<PredictedImage> images) {}

  public EvaluatedRun {
    folds = List.copyOf(folds);
  }

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
    return of(
        dataset,
        metric,
        task,
        model,
        new Training(null, seed),
        HeldOutSet.ordered(predictions),
        List.of());
  }

  /**
   * The predictions of several folds together.
   *
   * @throws IllegalArgumentException as above, and where an image is in two folds
   */
  public static EvaluatedRun pooled(
      String dataset,
      TargetMetric metric,
      Task task,
      PairedComparison.Model model,
      Training training,
      List<FoldPredictions> folds) {
    return of(
        dataset,
        metric,
        task,
        model,
        training,
        PredictionLists.ordered(folds.stream().map(FoldPredictions::images).toList()),
        folds.stream().map(fold -> fold(fold, metric, task)).toList());
  }

  private static Fold fold(FoldPredictions fold, TargetMetric metric, Task task) {
    Outcomes outcomes = Outcomes.of(task, fold.images());
    return new Fold(
        fold.number(), outcomes.value(metric, outcomes.once()), fold.train(), fold.images().size());
  }

  /**
   * @param images ordered by their ids
   */
  private static EvaluatedRun of(
      String dataset,
      TargetMetric metric,
      Task task,
      PairedComparison.Model model,
      Training training,
      List<PredictedImage> images,
      List<Fold> folds) {
    Outcomes outcomes = Outcomes.of(task, images);
    requireDistinct(images);
    BitSet right = new BitSet(images.size());
    for (int i = 0; i < images.size(); i++) {
      PredictedImage image = images.get(i);
      right.set(i, image.classes().equals(image.prediction()));
    }
    return new EvaluatedRun(
        dataset,
        metric,
        model,
        training,
        HeldOutSet.ofOrdered(images),
        counts -> outcomes.value(metric, counts),
        right,
        folds);
  }

  /** The metric of the test set as it is. */
  public double ofWholeTestSet() {
    return value.applyAsDouble(Ranking.once(test.size()));
  }

  private static void requireDistinct(List<PredictedImage> ordered) {
    String before = null;
    for (PredictedImage image : ordered) {
      if (image.image().equals(before)) {
        throw new IllegalArgumentException(before + " is there twice");
      }
      before = image.image();
    }
  }
}
