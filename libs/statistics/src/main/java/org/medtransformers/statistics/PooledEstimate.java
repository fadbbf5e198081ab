package org.medtransformers.statistics;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The metric of a model that was trained several times and measured on the same images: of each
 * training's predictions, those of all its folds together, and the mean over the trainings. The
 * interval is by {@link Bootstrap} over the groups, all trainings being measured on the same draws:
 * it tells of other patients, not of another training.
 *
 * @param value mean over the trainings; NaN where one has none
 * @param low of the 95 % percentile interval
 * @param high likewise
 * @param draws in which the metric is defined
 * @param images that were tested
 * @param groups patients or lesions among them; empty where none is known
 * @param values of each training
 */
public record PooledEstimate(
    double value,
    double low,
    double high,
    int draws,
    int images,
    OptionalInt groups,
    List<Double> values) {
  private static final int DRAWS = 1_000;
  private static final long SEED = 0;
  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  /**
   * The estimate by as many draws as an evaluation makes.
   *
   * @param trainings of one model, on the same images
   */
  public static PooledEstimate of(List<EvaluatedRun> trainings) {
    return of(trainings, DRAWS, SEED);
  }

  static PooledEstimate of(List<EvaluatedRun> trainings, int draws, long seed) {
    HeldOutSet test = trainings.get(0).test();
    if (trainings.stream().anyMatch(t -> !t.test().equals(test))) {
      throw new IllegalArgumentException("the trainings were tested on different images");
    }
    Bootstrap groups = new Bootstrap(test.groups(), seed);
    double[] drawn =
        IntStream.range(0, draws)
            .mapToObj(groups::counts)
            .mapToDouble(counts -> mean(trainings, counts))
            .filter(v -> !Double.isNaN(v))
            .sorted()
            .toArray();
    List<Double> values = trainings.stream().map(EvaluatedRun::ofWholeTestSet).toList();
    return new PooledEstimate(
        mean(values.stream().mapToDouble(v -> v)),
        Bootstrap.percentile(drawn, LOW),
        Bootstrap.percentile(drawn, HIGH),
        drawn.length,
        test.size(),
        test.knownGroups(),
        values);
  }

  private static double mean(List<EvaluatedRun> trainings, int[] counts) {
    return mean(trainings.stream().mapToDouble(t -> t.value().applyAsDouble(counts)));
  }

  private static double mean(DoubleStream values) {
    return values.average().orElse(Double.NaN);
  }
}
