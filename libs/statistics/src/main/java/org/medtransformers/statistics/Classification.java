package org.medtransformers.statistics;

import java.util.Arrays;
import org.medtransformers.contracts.result.Metrics;

/** The metrics of a split, equal to scikit-learn's. */
public final class Classification {
  private static final double THRESHOLD = 0.5;

  private Classification() {}

  /**
   * One of several classes.
   *
   * @param labels in [0, classes)
   * @param predictions in [0, classes)
   * @param loss mean over the images
   */
  public static Metrics multiClass(int[] labels, int[] predictions, int classes, double loss) {
    ConfusionMatrix matrix = ConfusionMatrix.of(labels, predictions, classes);
    return new Metrics(
        labels.length,
        loss,
        matrix.accuracy(),
        matrix.macro(matrix::precision),
        matrix.macro(matrix::recall),
        matrix.macro(matrix::f1),
        matrix.quadraticKappa(),
        null,
        null,
        null,
        matrix.recallPerClass(),
        matrix.rows());
  }

  /**
   * Positive or not; positive is what has a probability above one half.
   *
   * @param labels 0 or 1
   * @param loss mean over the images
   */
  public static Metrics binary(int[] labels, double[] probabilities, double loss) {
    int[] predictions = aboveThreshold(probabilities);
    ConfusionMatrix matrix = ConfusionMatrix.of(labels, predictions, 2);
    Ranking ranking = new Ranking(labels, probabilities);
    return new Metrics(
        labels.length,
        loss,
        matrix.accuracy(),
        matrix.macro(matrix::precision),
        matrix.macro(matrix::recall),
        matrix.macro(matrix::f1),
        null,
        ranking.rocAuc(),
        ranking.averagePrecision(),
        new Metrics.PositiveClass(matrix.precision(1), matrix.recall(1), matrix.f1(1)),
        matrix.recallPerClass(),
        matrix.rows());
  }

  /** 1 where a probability is above one half, else 0. */
  static int[] aboveThreshold(double[] probabilities) {
    return Arrays.stream(probabilities).mapToInt(p -> p > THRESHOLD ? 1 : 0).toArray();
  }
}
