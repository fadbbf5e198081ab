package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What calling an image positive from one threshold on comes to.
 *
 * @param threshold an image is called positive at this probability or more; infinite: none is
 * @param confusionMatrix rows are truth, columns what is said: negative, positive
 * @param values as {@link Decisions} has them
 */
public record ThresholdPoint(
    double threshold, List<List<Integer>> confusionMatrix, Map<String, Double> values) {

  /**
   * The points at which something changes, by falling threshold from infinity on; of more than
   * {@code most} some at equal distances, the first and the last among them.
   *
   * @param most at least 2
   */
  public static List<ThresholdPoint> of(BinaryScores scores, int most) {
    Walk walk = new Walk(scores);
    scores.ranking().visit(walk);
    int all = walk.thresholds.size();
    int shown = Math.min(all, most);
    List<ThresholdPoint> points = new ArrayList<>();
    for (int i = 0; i < shown; i++) {
      points.add(walk.point(shown == 1 ? 0 : (int) ((long) i * (all - 1) / (shown - 1))));
    }
    return List.copyOf(points);
  }

  private static final class Walk implements Ranking.Visitor {
    private final int positives;
    private final int negatives;
    private final List<Double> thresholds = new ArrayList<>(List.of(Double.POSITIVE_INFINITY));
    private final List<int[]> called = new ArrayList<>(List.of(new int[2]));

    Walk(BinaryScores scores) {
      this.positives = scores.positives();
      this.negatives = scores.images() - positives;
    }

    @Override
    public void visit(double score, long newPositives, long newNegatives) {
      int[] before = called.get(called.size() - 1);
      thresholds.add(score);
      called.add(new int[] {before[0] + (int) newNegatives, before[1] + (int) newPositives});
    }

    ThresholdPoint point(int at) {
      int falsely = called.get(at)[0];
      int rightly = called.get(at)[1];
      ConfusionMatrix matrix =
          ConfusionMatrix.of(
              new int[] {0, 0, 1, 1},
              new int[] {0, 1, 0, 1},
              new int[] {negatives - falsely, falsely, positives - rightly, rightly},
              2);
      return new ThresholdPoint(thresholds.get(at), matrix.rows(), Decisions.values(matrix));
    }
  }
}
