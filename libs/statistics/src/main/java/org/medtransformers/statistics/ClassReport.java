package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.ClassMetrics;
import org.medtransformers.contracts.result.Curves;

/** Each class by itself, against the rest. */
public final class ClassReport {
  /** Points of a curve that are kept, at most; a page cannot show more. */
  private static final int POINTS = 1000;

  /** Of an axis of length 1. */
  private static final double FINEST = 1.0 / 1024;

  private ClassReport() {}

  /**
   * The metrics of every class.
   *
   * @param names of the classes
   */
  public static List<ClassMetrics> metrics(Outcomes outcomes, List<String> names) {
    int[] once = outcomes.once();
    List<ConfusionMatrix> matrices = outcomes.matrices(once);
    boolean several = outcomes.task() == Task.MULTI_LABEL;
    List<ClassMetrics> all = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      ConfusionMatrix matrix = matrices.get(several ? c : 0);
      int at = several ? 1 : c;
      all.add(
          new ClassMetrics(
              names.get(c),
              (int) matrix.actual(at),
              matrix.precision(at),
              matrix.recall(at),
              matrix.f1(at),
              outcomes.ranking(c).rocAuc(once),
              outcomes.ranking(c).averagePrecision(once)));
    }
    return all;
  }

  /**
   * The curves of every class, a point for each score. Of more than 1,000 points those are kept
   * that lie 1/1024 or more from the one that was kept before, in either rate or in precision,
   * twice that where it would still be too many, and so on; and the last. Where few images are
   * positive, the precision changes over a few of the highest scores, all of which are there.
   *
   * @param names of the classes
   */
  public static Curves curves(Outcomes outcomes, List<String> names) {
    return new Curves(
        IntStream.range(0, names.size())
            .mapToObj(c -> curves(names.get(c), outcomes.ranking(c)))
            .toList());
  }

  private static Curves.OfClass curves(String name, Ranking ranking) {
    Points points = new Points();
    ranking.visit(points::add);
    List<Point> all = thinned(points.all);
    double positives = points.truePositives;
    double negatives = points.falsePositives;
    return new Curves.OfClass(
        name,
        new Curves.Roc(
            all.stream().map(Point::threshold).toList(),
            all.stream().map(p -> p.falsePositives() / negatives).toList(),
            all.stream().map(p -> p.truePositives() / positives).toList()),
        new Curves.PrecisionRecall(
            all.stream().map(Point::threshold).toList(),
            all.stream().map(Point::precision).toList(),
            all.stream().map(p -> p.truePositives() / positives).toList()));
  }

  private record Point(double threshold, long truePositives, long falsePositives) {
    double precision() {
      long predicted = truePositives + falsePositives;
      return predicted == 0 ? 1 : (double) truePositives / predicted;
    }

    /** The largest difference in a rate or in precision; {@code end} has all images. */
    double apart(Point other, Point end) {
      double rates =
          Math.max(
              share(truePositives - other.truePositives, end.truePositives),
              share(falsePositives - other.falsePositives, end.falsePositives));
      return Math.max(rates, Math.abs(precision() - other.precision()));
    }

    private static double share(long part, long all) {
      return all == 0 ? 0 : (double) part / all;
    }
  }

  /** Adds up what lies above each threshold. */
  private static final class Points {
    private final List<Point> all = new ArrayList<>();
    private long truePositives;
    private long falsePositives;

    Points() {
      all.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
    }

    void add(double threshold, long positives, long negatives) {
      truePositives += positives;
      falsePositives += negatives;
      all.add(new Point(threshold, truePositives, falsePositives));
    }
  }

  /**
   * Without the points that nobody would see to be missing, the more of them the more there are.
   */
  private static List<Point> thinned(List<Point> all) {
    List<Point> kept = all;
    for (double seen = FINEST; kept.size() > POINTS; seen *= 2) {
      kept = thinned(all, seen);
    }
    return kept;
  }

  private static List<Point> thinned(List<Point> all, double seen) {
    Point end = all.get(all.size() - 1);
    List<Point> kept = new ArrayList<>(List.of(all.get(0)));
    for (Point point : all.subList(1, all.size())) {
      if (point.apart(kept.get(kept.size() - 1), end) >= seen) {
        kept.add(point);
      }
    }
    if (!kept.contains(end)) {
      kept.add(end);
    }
    return kept;
  }
}
