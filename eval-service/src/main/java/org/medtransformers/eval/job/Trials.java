package org.medtransformers.eval.job;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.result.Metrics;

/**
 * Settings of a classifier, each judged by the target metric on the validation split.
 *
 * @param settings in the order in which they were tried
 * @param values one for each; empty where there is no validation split
 */
record Trials<T>(List<T> settings, List<Double> values) {

  /**
   * Settings judged by the metrics that each has on the validation split; one whose loss is not
   * finite has diverged, whatever its metrics say.
   */
  static <T> Trials<T> of(
      List<T> settings, TargetMetric metric, Function<Integer, Metrics> validation) {
    return new Trials<>(
        settings,
        IntStream.range(0, settings.size())
            .mapToObj(validation::apply)
            .map(m -> Double.isFinite(m.loss()) ? m.value(metric).orElse(Double.NaN) : Double.NaN)
            .toList());
  }

  /**
   * Position of the first of the best; NaN is never the best.
   *
   * @param otherwise where nothing was judged
   */
  int best(int otherwise) {
    int best = values.isEmpty() ? otherwise : 0;
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i) > values.get(best) || values.get(best).isNaN()) {
        best = i;
      }
    }
    return best;
  }

  /** Null where setting {@code i} was not judged. */
  Double value(int i) {
    return values.isEmpty() ? null : values.get(i);
  }
}
