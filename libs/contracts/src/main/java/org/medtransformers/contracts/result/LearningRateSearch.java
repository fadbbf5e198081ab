package org.medtransformers.contracts.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import org.medtransformers.contracts.config.LearningRateGrid;
import org.medtransformers.contracts.error.ErrorInfo;

/**
 * What a search for the learning rate has found so far: one backbone on one data set, from one
 * start and seed. All values are of the validation split, after the last epoch of each trial.
 *
 * @param metric name of the data set's target metric; null until the data set has been read
 * @param points by rising learning rate
 * @param bestByMetric the first point of those with the largest metric; null if none has any
 * @param bestByLoss the first point of those with the smallest loss; null if none has any
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LearningRateSearch(
    String dataset,
    boolean synthetic,
    String backbone,
    String initialisation,
    int repetition,
    long seed,
    String metric,
    List<Point> points,
    Point bestByMetric,
    Point bestByLoss) {

  /**
   * One learning rate. Metric and loss are null until its run has ended, and where the training
   * diverged, which {@code error} then tells.
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Point(
      double learningRate,
      Double metric,
      Double loss,
      String runId,
      RunState state,
      ErrorInfo error) {}

  /** With the best of {@code points}, which come by rising learning rate. */
  public static LearningRateSearch of(
      String dataset,
      boolean synthetic,
      String backbone,
      String initialisation,
      int repetition,
      long seed,
      String metric,
      List<Point> points) {
    return new LearningRateSearch(
        dataset,
        synthetic,
        backbone,
        initialisation,
        repetition,
        seed,
        metric,
        List.copyOf(points),
        at(points, LearningRateGrid.firstLargest(values(points, Point::metric))),
        at(points, LearningRateGrid.firstSmallest(values(points, Point::loss))));
  }

  /** Whether any learning rate can be recommended. */
  public boolean hasFound() {
    return bestByMetric != null || bestByLoss != null;
  }

  private static List<Double> values(List<Point> points, Function<Point, Double> value) {
    return points.stream()
        .map(p -> Objects.requireNonNullElse(value.apply(p), Double.NaN))
        .toList();
  }

  private static Point at(List<Point> points, OptionalInt index) {
    return index.isPresent() ? points.get(index.getAsInt()) : null;
  }
}
