package org.medtransformers.statistics;

import java.util.Arrays;
import org.medtransformers.contracts.result.Metrics;

/** The metrics of a split, equal to scikit-learn's. */
public final class Classification {
  /** A probability above it is a prediction. */
  static final double THRESHOLD = 0.5;

  private Classification() {}

  /**
   * One of several classes.
   *
   * @param labels in [0, classes)
   * @param predictions in [0, classes)
   * @param loss mean over the images
   */
  public static Metrics multiClass(int[] labels, int[] predictions, int classes, double loss) {
    return multiClass(labels, predictions, classes, loss, null);
  }

  /**
   * The same where probabilities are known.
   *
   * @param rocAuc one against the rest, averaged over the classes that have one
   */
  static Metrics multiClass(
      int[] labels, int[] predictions, int classes, double loss, Double rocAuc) {
    ConfusionMatrix matrix = ConfusionMatrix.of(labels, predictions, classes);
    return new Metrics(
        labels.length,
        loss,
        matrix.accuracy(),
        matrix.macro(matrix::precision),
        matrix.macro(matrix::recall),
        matrix.macro(matrix::f1),
        matrix.quadraticKappa(),
        rocAuc,
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
    Ranking ranking = new Ranking(positive(labels), probabilities);
    int[] once = Ranking.once(labels.length);
    return new Metrics(
        labels.length,
        loss,
        matrix.accuracy(),
        matrix.macro(matrix::precision),
        matrix.macro(matrix::recall),
        matrix.macro(matrix::f1),
        null,
        ranking.rocAuc(once),
        ranking.averagePrecision(once),
        new Metrics.PositiveClass(matrix.precision(1), matrix.recall(1), matrix.f1(1)),
        matrix.recallPerClass(),
        matrix.rows());
  }

  /** Whether each label is 1. */
  static boolean[] positive(int[] labels) {
    boolean[] positive = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      positive[i] = labels[i] == 1;
    }
    return positive;
  }

  /** 1 where a probability is above one half, else 0. */
  static int[] aboveThreshold(double[] probabilities) {
    return Arrays.stream(probabilities).mapToInt(p -> p > THRESHOLD ? 1 : 0).toArray();
  }
}
