package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What curves of several trainings have in common at one place: their mean, and between which
 * values the middle nine tenths of them lie, by linear quantiles as NumPy has them. Of few
 * trainings these are nearly the smallest and the largest.
 *
 * @param low the 5 % quantile
 * @param high the 95 % quantile
 */
public record CurveBand(double mean, double low, double high) {
  private static final double OUTSIDE = 0.05;

  /**
   * Place by place.
   *
   * @param curves of the same length, not empty; those with NaN at a place are left out there
   */
  public static List<CurveBand> of(List<double[]> curves) {
    List<CurveBand> bands = new ArrayList<>();
    for (int i = 0; i < curves.get(0).length; i++) {
      int place = i;
      bands.add(
          at(
              curves.stream()
                  .mapToDouble(curve -> curve[place])
                  .filter(value -> !Double.isNaN(value))
                  .sorted()
                  .toArray()));
    }
    return bands;
  }

  private static CurveBand at(double[] sorted) {
    return sorted.length == 0
        ? new CurveBand(Double.NaN, Double.NaN, Double.NaN)
        : new CurveBand(
            Arrays.stream(sorted).average().orElseThrow(),
            Bootstrap.percentile(sorted, OUTSIDE),
            Bootstrap.percentile(sorted, 1 - OUTSIDE));
  }
}
