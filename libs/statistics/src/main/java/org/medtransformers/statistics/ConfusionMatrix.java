package org.medtransformers.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Counts of (truth, prediction) and what follows from them, with scikit-learn's semantics: a ratio
 * 0/0 counts as 0 in averages.
 */
final class ConfusionMatrix {
  /** Rows are truth, columns prediction. */
  private final int[][] counts;

  /** Sums of rows and columns, which resamples ask for often. */
  private final long[] actual;

  private final long[] predicted;
  private final long total;

  private ConfusionMatrix(int[][] counts) {
    this.counts = counts;
    this.actual = new long[counts.length];
    this.predicted = new long[counts.length];
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        actual[i] += counts[i][j];
        predicted[j] += counts[i][j];
        sum += counts[i][j];
      }
    }
    this.total = sum;
  }

  static ConfusionMatrix of(int[] labels, int[] predictions, int classes) {
    return of(labels, predictions, Ranking.once(labels.length), classes);
  }

  /**
   * @param times how often each image counts
   */
  static ConfusionMatrix of(int[] labels, int[] predictions, int[] times, int classes) {
    int[][] counts = new int[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i]][predictions[i]] += times[i];
    }
    return new ConfusionMatrix(counts);
  }

  double accuracy() {
    return ratio(classes().map(c -> counts[c][c]).sum(), total);
  }

  double precision(int c) {
    return zeroIfUndefined(ratio(counts[c][c], predicted(c)));
  }

  double recall(int c) {
    return zeroIfUndefined(ratio(counts[c][c], actual(c)));
  }

  double f1(int c) {
    return zeroIfUndefined(ratio(2L * counts[c][c], actual(c) + predicted(c)));
  }

  /** Mean over the classes that occur in labels or predictions. */
  double macro(IntToDoubleFunction metric) {
    return occurring().mapToDouble(metric).average().orElse(Double.NaN);
  }

  /**
   * Cohen's kappa with quadratic weights over all classes; NaN where it is 0/0.
   *
   * <p>Weighted kappa, Cohen, 1968.
   */
  double quadraticKappa() {
    double observed = 0;
    double expected = 0;
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        double weight = (double) (i - j) * (i - j);
        observed += weight * counts[i][j];
        expected += weight * actual(i) * predicted(j) / total;
      }
    }
    return 1 - observed / expected;
  }

  /**
   * Matthews' correlation coefficient of two classes; 0 where one of them is never there or never
   * said.
   */
  double matthews() {
    double all =
        Math.sqrt((double) actual(0) * actual(1)) * Math.sqrt((double) predicted(0) * predicted(1));
    double apart = (double) counts[0][0] * counts[1][1] - (double) counts[0][1] * counts[1][0];
    return all == 0 ? 0 : apart / all;
  }

  /** Images of class {@code truth} that are called {@code said}, among {@code all}; NaN of none. */
  double share(int truth, int said, long all) {
    return ratio(counts[truth][said], all);
  }

  List<Double> recallPerClass() {
    return classes().mapToObj(c -> recall(c)).toList();
  }

  List<List<Integer>> rows() {
    return Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }

  private IntStream classes() {
    return IntStream.range(0, counts.length);
  }

  private IntStream occurring() {
    return classes().filter(c -> actual(c) + predicted(c) > 0);
  }

  /** Images that really show class {@code c}. */
  long actual(int c) {
    return actual[c];
  }

  /** Images that are said to show class {@code c}. */
  long predicted(int c) {
    return predicted[c];
  }

  private static double ratio(long part, long whole) {
    return (double) part / whole;
  }

  private static double zeroIfUndefined(double ratio) {
    return Double.isNaN(ratio) ? 0 : ratio;
  }
}
