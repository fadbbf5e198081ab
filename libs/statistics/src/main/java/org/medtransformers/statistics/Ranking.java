package org.medtransformers.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well scores put positives before negatives. The images are sorted once; every measure then
 * takes how often each image counts, so that a resample costs one pass.
 */
final class Ranking {
  private final boolean[] positive;
  private final double[] scores;
  private final int[] bestFirst;

  /** Ends of the runs of equal scores in {@link #bestFirst}, exclusive. */
  private final int[] tieEnds;

  /** Hears of the images of one score after those of higher scores. */
  interface Visitor {
    /**
     * @param score of the images
     * @param positives with that score, and {@code negatives}, each as often as it counts
     */
    void visit(double score, long positives, long negatives);
  }

  /**
   * @param positive whether each image shows what is looked for
   * @param scores larger means more likely positive
   */
  Ranking(boolean[] positive, double[] scores) {
    this.positive = positive;
    this.scores = scores;
    this.bestFirst =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    this.tieEnds =
        IntStream.rangeClosed(1, scores.length)
            .filter(i -> i == scores.length || scores[bestFirst[i]] != scores[bestFirst[i - 1]])
            .toArray();
  }

  /** Every image counts once. */
  static int[] once(int images) {
    int[] counts = new int[images];
    Arrays.fill(counts, 1);
    return counts;
  }

  /**
   * Area under the ROC curve, by the trapezoidal rule: the chance that a positive is ranked before
   * a negative, ties counting half. NaN without a positive or without a negative.
   *
   * @param counts how often each image counts
   */
  double rocAuc(int[] counts) {
    double area = 0;
    long truePositives = 0;
    long falsePositives = 0;
    for (int tie = 0, from = 0; tie < tieEnds.length; from = tieEnds[tie++]) {
      long positives = positivesIn(from, tieEnds[tie], counts);
      long negatives = countIn(from, tieEnds[tie], counts) - positives;
      area += negatives * (truePositives + positives / 2.0);
      truePositives += positives;
      falsePositives += negatives;
    }
    return area / truePositives / falsePositives;
  }

  /**
   * Mean of the precisions at each threshold, weighted by the gain in recall, without
   * interpolation. NaN without a positive.
   *
   * @param counts how often each image counts
   */
  double averagePrecision(int[] counts) {
    double sum = 0;
    long truePositives = 0;
    long above = 0;
    for (int tie = 0, from = 0; tie < tieEnds.length; from = tieEnds[tie++]) {
      long positives = positivesIn(from, tieEnds[tie], counts);
      truePositives += positives;
      above += countIn(from, tieEnds[tie], counts);
      sum += positives == 0 ? 0 : positives * (double) truePositives / above;
    }
    return sum / truePositives;
  }

  /** Tells {@code visitor} of every score, from the largest to the smallest. */
  void visit(Visitor visitor) {
    visit(once(scores.length), visitor);
  }

  /**
   * The same of a resample.
   *
   * @param counts how often each image counts
   */
  void visit(int[] counts, Visitor visitor) {
    for (int tie = 0, from = 0; tie < tieEnds.length; from = tieEnds[tie++]) {
      long positives = positivesIn(from, tieEnds[tie], counts);
      long negatives = countIn(from, tieEnds[tie], counts) - positives;
      visitor.visit(scores[bestFirst[from]], positives, negatives);
    }
  }

  private long positivesIn(int from, int to, int[] counts) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += positive[bestFirst[i]] ? counts[bestFirst[i]] : 0;
    }
    return sum;
  }

  private long countIn(int from, int to, int[] counts) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += counts[bestFirst[i]];
    }
    return sum;
  }
}
