package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.Task;

/**
 * Curves of one model read off at the same 101 places, so that those of several trainings can be
 * put together.
 *
 * <p>ROC: the true positive rate at a fixed false positive rate, linear between the points of the
 * curve, which a classifier that draws lots between two thresholds reaches; at a rate at which the
 * curve is upright, its upper end (vertical averaging: An introduction to ROC analysis, Fawcett,
 * 2006, algorithm 3).
 *
 * <p>Precision over recall: at recall r the precision at the highest threshold with a recall of r
 * or more, a step. Between points the precision is not linear, and joining them by lines is too
 * good (The relationship between precision-recall and ROC curves, Davis and Goadrich, 2006). So the
 * area below is what scikit-learn calls average precision.
 *
 * <p>Of several classes, each is set against the rest and the mean taken over those that have a
 * curve, as the metrics do.
 */
public final class CurveGrid {
  /** Places from 0 to 1, both among them. */
  public static final int PLACES = 101;

  private static final long STEPS = PLACES - 1;

  private CurveGrid() {}

  /** Place {@code i} as a share. */
  public static double place(int i) {
    return (double) i / STEPS;
  }

  /** True positive rates at the places as false positive rates; NaN where no class has a curve. */
  public static double[] roc(Outcomes outcomes) {
    return mean(outcomes, CurveGrid::roc);
  }

  /** Precisions at the places as recalls, at 0 that of the smallest recall; NaN likewise. */
  public static double[] precisionRecall(Outcomes outcomes) {
    return mean(outcomes, CurveGrid::precisionRecall);
  }

  private static double[] mean(Outcomes outcomes, Function<Counts, double[]> curve) {
    List<double[]> curves =
        IntStream.range(0, outcomes.classes())
            .filter(c -> outcomes.task() != Task.BINARY || c == 1)
            .mapToObj(c -> curve.apply(Counts.of(outcomes.ranking(c))))
            .filter(values -> !Double.isNaN(values[0]))
            .toList();
    return IntStream.range(0, PLACES)
        .mapToDouble(
            i -> curves.stream().mapToDouble(values -> values[i]).average().orElse(Double.NaN))
        .toArray();
  }

  /** Images above each threshold, from none to all. */
  private static final class Counts {
    private final List<Long> positives = new ArrayList<>(List.of(0L));
    private final List<Long> negatives = new ArrayList<>(List.of(0L));

    static Counts of(Ranking ranking) {
      Counts counts = new Counts();
      ranking.visit(counts::add);
      return counts;
    }

    private void add(double score, long morePositives, long moreNegatives) {
      int before = last();
      positives.add(truePositives(before) + morePositives);
      negatives.add(falsePositives(before) + moreNegatives);
    }

    int last() {
      return positives.size() - 1;
    }

    long truePositives(int i) {
      return positives.get(i);
    }

    long falsePositives(int i) {
      return negatives.get(i);
    }
  }

  private static double[] roc(Counts counts) {
    int last = counts.last();
    double positives = counts.truePositives(last);
    long negatives = counts.falsePositives(last);
    double[] rates = new double[PLACES];
    int at = 0;
    for (int i = 0; i < PLACES; i++) {
      // In whole numbers: where the curve is upright, rounding would decide between its two ends.
      while (at < last && counts.falsePositives(at + 1) * STEPS <= i * negatives) {
        at++;
      }
      double reached = counts.truePositives(at);
      if (at < last) {
        double from = counts.falsePositives(at);
        double share = (place(i) * negatives - from) / (counts.falsePositives(at + 1) - from);
        reached += share * (counts.truePositives(at + 1) - reached);
      }
      rates[i] = negatives == 0 ? Double.NaN : reached / positives;
    }
    return rates;
  }

  private static double[] precisionRecall(Counts counts) {
    int last = counts.last();
    long positives = counts.truePositives(last);
    double[] precisions = new double[PLACES];
    int at = 0;
    for (int i = 0; i < PLACES; i++) {
      long wanted = Math.max(1, i * positives);
      while (at < last && counts.truePositives(at) * STEPS < wanted) {
        at++;
      }
      double found = counts.truePositives(at);
      precisions[i] = positives == 0 ? Double.NaN : found / (found + counts.falsePositives(at));
    }
    return precisions;
  }
}
