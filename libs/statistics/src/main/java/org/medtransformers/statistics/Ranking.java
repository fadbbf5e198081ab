package org.medtransformers.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How well scores put positives before negatives. */
final class Ranking {
  private final List<Integer> bestFirst;
  private final int[] labels;
  private final double[] scores;
  private final long positives;

  /**
   * @param labels 0 or 1
   * @param scores larger means more likely positive
   */
  Ranking(int[] labels, double[] scores) {
    this.labels = labels;
    this.scores = scores;
    this.positives = IntStream.of(labels).filter(l -> l == 1).count();
    this.bestFirst =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
            .toList();
  }

  /**
   * Area under the ROC curve, by the trapezoidal rule: the chance that a positive is ranked before
   * a negative, ties counting half. NaN without a positive or without a negative.
   */
  double rocAuc() {
    double area = 0;
    long truePositives = 0;
    for (int from = 0; from < bestFirst.size(); ) {
      int to = endOfTie(from);
      long tied = positivesIn(from, to);
      area += (to - from - tied) * (truePositives + tied / 2.0);
      truePositives += tied;
      from = to;
    }
    return area / positives / (labels.length - positives);
  }

  /**
   * Mean of the precisions at each threshold, weighted by the gain in recall, without
   * interpolation. NaN without a positive.
   */
  double averagePrecision() {
    double sum = 0;
    long truePositives = 0;
    for (int from = 0; from < bestFirst.size(); ) {
      int to = endOfTie(from);
      long tied = positivesIn(from, to);
      truePositives += tied;
      sum += tied * (double) truePositives / to;
      from = to;
    }
    return sum / positives;
  }

  private int endOfTie(int from) {
    int to = from + 1;
    while (to < bestFirst.size() && scores[bestFirst.get(to)] == scores[bestFirst.get(from)]) {
      to++;
    }
    return to;
  }

  private long positivesIn(int from, int to) {
    return bestFirst.subList(from, to).stream().filter(i -> labels[i] == 1).count();
  }
}
