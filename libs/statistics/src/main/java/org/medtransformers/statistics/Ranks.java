package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * How models rank over several data sets, whether they differ at all (Friedman) and which of them
 * do (Nemenyi). Rank 1 is best; equal values share the mean of their ranks.
 *
 * <p>Statistical comparisons of classifiers over multiple data sets, Demšar, JMLR 7, 2006. Both
 * tests are approximations for many data sets; with few, a difference that is there is rarely
 * found.
 *
 * @param dataSets the number of them
 * @param meanRanks one per model
 * @param friedman whether any two models differ
 * @param nemenyi which do
 */
public record Ranks(int dataSets, List<Double> meanRanks, Friedman friedman, Nemenyi nemenyi) {

  /**
   * @param chiSquare corrected for ties; NaN where all models tie on all data sets
   * @param degreesOfFreedom models less one
   * @param p by the chi-squared distribution; NaN likewise
   */
  public record Friedman(double chiSquare, int degreesOfFreedom, double p) {}

  /**
   * @param alpha by which models are called different
   * @param criticalDifference mean ranks that lie further apart differ
   * @param p of each pair of models, corrected for their number; 1 on the diagonal
   */
  public record Nemenyi(double alpha, double criticalDifference, List<List<Double>> p) {}

  public Ranks {
    meanRanks = List.copyOf(meanRanks);
  }

  /**
   * Ranks models.
   *
   * @param metric [data sets][models], all of them finite: a model that is missing somewhere has no
   *     rank there
   * @param largerIsBetter whether rank 1 is the largest value
   * @param alpha of Nemenyi's test, such as 0.05
   * @throws IllegalArgumentException if there are fewer than two data sets or models, rows of
   *     unequal length, or a value that is no number
   */
  public static Ranks of(double[][] metric, boolean largerIsBetter, double alpha) {
    requireTable(metric);
    double sign = largerIsBetter ? -1 : 1;
    double[][] ranks =
        Arrays.stream(metric)
            .map(row -> ranks(Arrays.stream(row).map(v -> sign * v).toArray()))
            .toArray(double[][]::new);
    double[] mean =
        IntStream.range(0, metric[0].length)
            .mapToDouble(m -> Arrays.stream(ranks).mapToDouble(r -> r[m]).sum() / ranks.length)
            .toArray();
    return new Ranks(
        ranks.length,
        Arrays.stream(mean).boxed().toList(),
        friedman(ranks, mean),
        nemenyi(mean, ranks.length, alpha));
  }

  private static void requireTable(double[][] metric) {
    int models = metric.length == 0 ? 0 : metric[0].length;
    if (metric.length < 2 || models < 2) {
      throw new IllegalArgumentException(
          "found %d data sets and %d models, allowed: two of each at least"
              .formatted(metric.length, models));
    }
    for (double[] row : metric) {
      if (row.length != models || !Arrays.stream(row).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "found the values %s, allowed: %d finite numbers"
                .formatted(Arrays.toString(row), models));
      }
    }
  }

  /** Of values, the smallest first; equal ones share the mean of their ranks. */
  static double[] ranks(double[] values) {
    return Arrays.stream(values)
        .map(
            value -> {
              long below = Arrays.stream(values).filter(v -> v < value).count();
              long equal = Arrays.stream(values).filter(v -> v == value).count();
              return below + (equal + 1) / 2.0;
            })
        .toArray();
  }

  /** Demšar's equation for χ², over what ties leave of the variance of ranks. */
  private static Friedman friedman(double[][] ranks, double[] mean) {
    int n = ranks.length;
    int k = mean.length;
    double middle = (k + 1) / 2.0;
    double between = Arrays.stream(mean).map(r -> (r - middle) * (r - middle)).sum() * n;
    double within =
        Arrays.stream(ranks)
                .flatMapToDouble(Arrays::stream)
                .map(r -> (r - middle) * (r - middle))
                .sum()
            / (n * (k - 1.0));
    double chiSquare = between / within;
    double p =
        Double.isNaN(chiSquare)
            ? Double.NaN
            : ChiSquaredDistribution.of(k - 1.0).survivalProbability(chiSquare);
    return new Friedman(chiSquare, k - 1, p);
  }

  private static Nemenyi nemenyi(double[] mean, int dataSets, double alpha) {
    int k = mean.length;
    StudentizedRange range = new StudentizedRange(k);
    // The range is in units of the spread of one rank, a difference of two has √2 of it.
    double spread = Math.sqrt(k * (k + 1) / (6.0 * dataSets)) / Math.sqrt(2);
    List<List<Double>> p =
        IntStream.range(0, k)
            .mapToObj(
                i ->
                    IntStream.range(0, k)
                        .mapToObj(j -> range.survival(Math.abs(mean[i] - mean[j]) / spread))
                        .toList())
            .toList();
    return new Nemenyi(alpha, range.inverseSurvival(alpha) * spread, p);
  }

  /** Numbers of the models, the best first. */
  public List<Integer> bestFirst() {
    return IntStream.range(0, meanRanks.size())
        .boxed()
        .sorted(Comparator.comparing(meanRanks::get))
        .toList();
  }

  /**
   * The largest sets of models of which no two lie further apart than the critical difference, by
   * their numbers, the best first: the bars of a critical difference diagram. A model that differs
   * from all others is in none.
   */
  public List<List<Integer>> indistinguishable() {
    List<Integer> order = bestFirst();
    List<List<Integer>> sets = new ArrayList<>();
    int reached = 0;
    for (int from = 0; from < order.size(); from++) {
      double best = meanRanks.get(order.get(from));
      int to = from + 1;
      while (to < order.size()
          && meanRanks.get(order.get(to)) - best <= nemenyi.criticalDifference()) {
        to++;
      }
      if (to > from + 1 && to > reached) {
        sets.add(List.copyOf(order.subList(from, to)));
        reached = to;
      }
    }
    return List.copyOf(sets);
  }
}
