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
   * The curves of every class, a point for each score. Of more than 1,000 points every m-th is
   * kept, m being the smallest number that leaves no more, and the last.
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

  private static List<Point> thinned(List<Point> all) {
    int step = (all.size() + POINTS - 1) / POINTS;
    int last = all.size() - 1;
    return IntStream.rangeClosed(0, last)
        .filter(i -> i % step == 0 || i == last)
        .mapToObj(all::get)
        .toList();
  }
}
