package org.medtransformers.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.CounterRandom;
import org.medtransformers.contracts.result.Intervals;
import org.medtransformers.contracts.result.Intervals.Interval;

/**
 * How far metrics might lie elsewhere with other patients: whole patients or lesions are drawn with
 * replacement, as many as there are, because their images are not independent.
 *
 * <p>The draws depend on nothing but the seed, the number of the resample and the order of the
 * images, so models that are measured on the same split are measured on the same resamples.
 *
 * @see <a href="https://doi.org/10.1201/9780429246593">An Introduction to the Bootstrap, Efron and
 *     Tibshirani, 1993, chapter 13</a>
 */
public final class Bootstrap {
  private static final double LEVEL = 0.95;

  private final int[] unitOfImage;
  private final int units;
  private final boolean grouped;
  private final CounterRandom random;

  /**
   * @param groups patient or lesion of each image; empty where unknown: such an image is by itself
   * @param seed of the draws
   */
  public Bootstrap(List<String> groups, long seed) {
    Map<String, Integer> known = new HashMap<>();
    this.unitOfImage = new int[groups.size()];
    int next = 0;
    for (int i = 0; i < unitOfImage.length; i++) {
      Integer before = groups.get(i).isEmpty() ? null : known.putIfAbsent(groups.get(i), next);
      unitOfImage[i] = before == null ? next++ : before;
    }
    this.units = next;
    this.grouped = !known.isEmpty();
    this.random = CounterRandom.of(seed, "bootstrap");
  }

  /**
   * How often each image counts in a resample.
   *
   * @param resample its number, from 0
   */
  public int[] counts(int resample) {
    int[] drawn = new int[units];
    for (int i = 0; i < units; i++) {
      drawn[(int) (random.uniform((long) resample * units + i) * units)]++;
    }
    return Arrays.stream(unitOfImage).map(unit -> drawn[unit]).toArray();
  }

  /**
   * The central 95 % of each metric over the resamples. A resample in which a metric has no value
   * is left out for that metric.
   *
   * @param resamples above 0
   */
  public Intervals intervals(Outcomes outcomes, int resamples) {
    Map<String, double[]> found = new LinkedHashMap<>();
    for (int r = 0; r < resamples; r++) {
      int resample = r;
      outcomes
          .values(counts(r))
          .forEach(
              (name, value) ->
                  found.computeIfAbsent(name, n -> new double[resamples])[resample] = value);
    }
    Map<String, Interval> values = new LinkedHashMap<>();
    found.forEach((name, all) -> values.put(name, interval(all)));
    return new Intervals(LEVEL, resamples, grouped ? "group" : "image", units, values);
  }

  private static Interval interval(double[] values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    return new Interval(
        percentile(sorted, (1 - LEVEL) / 2), percentile(sorted, (1 + LEVEL) / 2), sorted.length);
  }

  /** Linear between the two values around it, as numpy's default; NaN of nothing. */
  static double percentile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
