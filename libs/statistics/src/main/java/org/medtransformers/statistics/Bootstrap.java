package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
  static final double LEVEL = 0.95;
  static final String GROUP = "group";

  /** Fewer groups say little of others, however often they are drawn. */
  private static final int ENOUGH_UNITS = 30;

  private static final int ENOUGH_IMAGES = 5;

  /**
   * More are left out together: the acceleration is estimated as well from a thousand parts as from
   * all groups, at a cost that grows no faster than that of the resamples.
   */
  private static final int MOST_PARTS = 1000;

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

  /** How many patients, lesions or single images are drawn. */
  public int units() {
    return units;
  }

  /** Parts of the images for {@link #countsWithout}: each group, or of very many every n-th. */
  public int parts() {
    return Math.min(units, MOST_PARTS);
  }

  /**
   * How often each image counts where a part of them is left out.
   *
   * @param part its number, from 0
   */
  public int[] countsWithout(int part) {
    return Arrays.stream(unitOfImage).map(unit -> unit % parts() == part ? 0 : 1).toArray();
  }

  /**
   * The 95 % interval of each metric: by {@link BootstrapInterval#bca} where it is smooth, else of
   * percentiles. A resample in which a metric has no value is left out for that metric.
   *
   * @param classes names, in the order of {@link Resampled#support}
   * @param resamples above 0
   */
  public Intervals intervals(Resampled measured, List<String> classes, int resamples) {
    Map<String, Double> whole = measured.values(Ranking.once(unitOfImage.length));
    Map<String, double[]> draws = table(measured, resamples, this::counts);
    Map<String, double[]> leftOut = table(measured, parts(), this::countsWithout);
    Map<String, Interval> values = new LinkedHashMap<>();
    whole.forEach(
        (name, value) ->
            values.put(
                name,
                measured.smooth(name)
                    ? BootstrapInterval.bca(value, draws.get(name), leftOut.get(name), LEVEL)
                    : BootstrapInterval.percentile(draws.get(name), LEVEL)));
    return new Intervals(LEVEL, resamples, unit(), units, few(classes, measured.support()), values);
  }

  /** What is drawn, as {@link Intervals#unit} says it. */
  String unit() {
    return grouped ? GROUP : "image";
  }

  /** By the metric's name its values, one for each of {@code n} ways of counting. */
  private static Map<String, double[]> table(Resampled measured, int n, IntFunction<int[]> counts) {
    Map<String, double[]> table = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      int row = i;
      measured
          .values(counts.apply(i))
          .forEach((name, value) -> table.computeIfAbsent(name, k -> new double[n])[row] = value);
    }
    return table;
  }

  /**
   * What there is too little of for an interval to be relied on.
   *
   * @param classes names
   * @param support images of each class
   */
  List<String> few(List<String> classes, int[] support) {
    List<String> few = new ArrayList<>();
    if (units < ENOUGH_UNITS) {
      few.add("%s, fewer than %d".formatted(number(units, unit()), ENOUGH_UNITS));
    }
    IntStream.range(0, support.length)
        .filter(c -> support[c] < ENOUGH_IMAGES)
        .mapToObj(
            c ->
                "%s of %s, fewer than %d"
                    .formatted(number(support[c], "image"), classes.get(c), ENOUGH_IMAGES))
        .forEach(few::add);
    return few;
  }

  private static String number(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  /** Linear between the two values around it, as numpy's default; NaN of nothing. */
  public static double percentile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
