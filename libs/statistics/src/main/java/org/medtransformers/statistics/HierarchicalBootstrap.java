package org.medtransformers.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.medtransformers.contracts.CounterRandom;
import org.medtransformers.contracts.result.Intervals.Interval;

/**
 * How sure one can be of the difference between two models, each trained several times and measured
 * on the same test set. A draw takes, with replacement, as many repetitions as there are and as
 * many groups (patients or lesions; an image without one is its own) as the test set has, by {@link
 * Bootstrap}; both models are measured on the same draw.
 *
 * <p>All repetitions of a draw see the same groups. They were measured on one test set: images
 * drawn anew for each of R repetitions would count n images as R·n, and the interval would shrink
 * with every repetition however few patients there are.
 *
 * <p>Accounting for variance in machine learning benchmarks, Bouthillier et al., 2021.
 */
public final class HierarchicalBootstrap {
  private static final double EXACT = 1e12;

  private final Bootstrap images;
  private final int[] once;
  private final int draws;
  private final long seed;

  public HierarchicalBootstrap(HeldOutSet test, int draws, long seed) {
    this.images = new Bootstrap(test.groups(), seed);
    this.once = Ranking.once(test.size());
    this.draws = draws;
    this.seed = seed;
  }

  /** One training of one model, measured on the test set and on every draw of it. */
  public static final class Repetition {
    private final double value;

    /** NaN where the metric is undefined on a draw's groups. */
    private final double[] resampled;

    /** Without each part of the images in turn; NaN likewise. */
    private final double[] leftOut;

    private Repetition(double value, double[] resampled, double[] leftOut) {
      this.value = value;
      this.resampled = resampled;
      this.leftOut = leftOut;
    }

    /** The metric of the test set. */
    public double value() {
      return value;
    }
  }

  /**
   * @param value mean over the repetitions of the first model's metric less the second's
   * @param interval 95 %, by BCa where it has an answer: all target metrics are smooth. The
   *     jackknife leaves out groups, the trainings being fixed
   * @param p two-sided, of no difference: twice the share of draws on the rarer side of zero, the
   *     observed one counted among them, so never below 2 / (draws + 1)
   * @param superiority by the same draws
   * @param standardError over draws of groups alone, the trainings being fixed
   */
  public record Difference(
      double value, Interval interval, double p, Superiority superiority, double standardError) {}

  /**
   * Measures trainings.
   *
   * @param metrics of each, of the test set's images in their order, given how often each counts
   */
  public List<Repetition> measure(List<ToDoubleFunction<int[]>> metrics) {
    double[][] resampled = table(metrics, draws, images::counts);
    double[][] leftOut = table(metrics, images.parts(), images::countsWithout);
    return IntStream.range(0, metrics.size())
        .mapToObj(
            run ->
                new Repetition(metrics.get(run).applyAsDouble(once), resampled[run], leftOut[run]))
        .toList();
  }

  /** Of each metric its values, one for each of {@code n} ways of counting. */
  private static double[][] table(
      List<ToDoubleFunction<int[]>> metrics, int n, IntFunction<int[]> ways) {
    double[][] values = new double[metrics.size()][n];
    for (int way = 0; way < n; way++) {
      int[] counts = ways.apply(way);
      for (int run = 0; run < values.length; run++) {
        values[run][way] = metrics.get(run).applyAsDouble(counts);
      }
    }
    return values;
  }

  /** How often each of {@code n} is among {@code n} that are drawn. */
  private static int[] drawn(CounterRandom random, long draw, int n) {
    int[] times = new int[n];
    for (int k = 0; k < n; k++) {
      times[(int) (random.uniform(draw * n + k) * n)]++;
    }
    return times;
  }

  /**
   * The difference between two models.
   *
   * @param first its repetitions
   * @param second as many, the pairs having something in common, such as the seed
   * @param rope differences up to it do not matter
   */
  public Difference difference(List<Repetition> first, List<Repetition> second, double rope) {
    int n = first.size();
    int[] all = Ranking.once(n);
    CounterRandom random = CounterRandom.of(seed, "repetitions");
    double[] differences =
        IntStream.range(0, draws)
            .mapToDouble(
                draw -> apart(first, second, drawn(random, draw, n), r -> r.resampled[draw]))
            .toArray();
    double[] ofGroups =
        IntStream.range(0, draws)
            .mapToDouble(draw -> apart(first, second, all, r -> r.resampled[draw]))
            .toArray();
    double[] leftOut =
        IntStream.range(0, images.parts())
            .mapToDouble(part -> apart(first, second, all, r -> r.leftOut[part]))
            .toArray();
    double value = apart(first, second, all, Repetition::value);
    return new Difference(
        value,
        BootstrapInterval.bca(value, differences, leftOut, Bootstrap.LEVEL),
        p(value, differences),
        Superiority.of(differences, rope),
        RequiredGroups.standardError(ofGroups));
  }

  /**
   * The mean over the repetitions, each counting so many times. What rounding makes of equal
   * metrics is no difference, and that of 0.85 and 0.84 is 0.01.
   */
  private static double apart(
      List<Repetition> first,
      List<Repetition> second,
      int[] times,
      ToDoubleFunction<Repetition> measured) {
    double sum = 0;
    for (int r = 0; r < times.length; r++) {
      double apart = measured.applyAsDouble(first.get(r)) - measured.applyAsDouble(second.get(r));
      // A repetition that is not drawn must not make the mean undefined.
      sum += times[r] == 0 ? 0 : times[r] * apart / times.length;
    }
    return Double.isNaN(sum) ? sum : Math.rint(sum * EXACT) / EXACT;
  }

  private static double p(double value, double[] differences) {
    double[] known = Arrays.stream(differences).filter(d -> !Double.isNaN(d)).toArray();
    if (known.length == 0 || Double.isNaN(value)) {
      return Double.NaN;
    }
    long below = Arrays.stream(known).filter(d -> d <= 0).count();
    long above = Arrays.stream(known).filter(d -> d >= 0).count();
    return Math.min(1, 2.0 * (Math.min(below, above) + 1) / (known.length + 1));
  }

  /** What is drawn with the trainings. */
  Bootstrap images() {
    return images;
  }
}
