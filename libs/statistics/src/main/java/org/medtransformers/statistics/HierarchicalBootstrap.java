package org.medtransformers.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.medtransformers.contracts.CounterRandom;
import org.medtransformers.statistics.HeldOutSet.Image;

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
  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  private final HeldOutSet test;
  private final int draws;
  private final long seed;

  public HierarchicalBootstrap(HeldOutSet test, int draws, long seed) {
    this.test = test;
    this.draws = draws;
    this.seed = seed;
  }

  /** One training of one model, measured on the test set and on every draw of it. */
  public static final class Repetition {
    private final double value;

    /** NaN where the metric is undefined on a draw's groups. */
    private final double[] resampled;

    private Repetition(double value, double[] resampled) {
      this.value = value;
      this.resampled = resampled;
    }
  }

  /**
   * @param value mean over the repetitions of the first model's metric less the second's
   * @param low of the 95 % percentile interval
   * @param high likewise
   * @param p two-sided, of no difference: twice the share of draws on the rarer side of zero, the
   *     observed one counted among them, so never below 2 / (draws + 1)
   * @param draws those in which the difference is defined
   */
  public record Difference(double value, double low, double high, double p, int draws) {}

  /**
   * Measures trainings.
   *
   * @param metrics of each, of the test set's images in their order, given how often each counts
   */
  public List<Repetition> measure(List<ToDoubleFunction<int[]>> metrics) {
    Bootstrap images = new Bootstrap(test.images().stream().map(Image::group).toList(), seed);
    double[][] values = new double[metrics.size()][draws];
    for (int draw = 0; draw < draws; draw++) {
      int[] counts = images.counts(draw);
      for (int run = 0; run < values.length; run++) {
        values[run][draw] = metrics.get(run).applyAsDouble(counts);
      }
    }
    int[] once = Ranking.once(test.images().size());
    return IntStream.range(0, values.length)
        .mapToObj(run -> new Repetition(metrics.get(run).applyAsDouble(once), values[run]))
        .toList();
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
   */
  public Difference difference(List<Repetition> first, List<Repetition> second) {
    int n = first.size();
    CounterRandom random = CounterRandom.of(seed, "repetitions");
    double[] differences = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      int[] times = drawn(random, draw, n);
      for (int r = 0; r < n; r++) {
        double apart = first.get(r).resampled[draw] - second.get(r).resampled[draw];
        // A repetition that is not drawn must not make the mean undefined.
        differences[draw] += times[r] == 0 ? 0 : times[r] * apart / n;
      }
    }
    double value = 0;
    for (int r = 0; r < n; r++) {
      value += (first.get(r).value - second.get(r).value) / n;
    }
    return summary(value, Arrays.stream(differences).filter(d -> !Double.isNaN(d)).toArray());
  }

  private static Difference summary(double value, double[] differences) {
    Arrays.sort(differences);
    int n = differences.length;
    if (n == 0 || Double.isNaN(value)) {
      return new Difference(value, Double.NaN, Double.NaN, Double.NaN, n);
    }
    long below = Arrays.stream(differences).filter(d -> d <= 0).count();
    long above = Arrays.stream(differences).filter(d -> d >= 0).count();
    double p = Math.min(1, 2.0 * (Math.min(below, above) + 1) / (n + 1));
    return new Difference(
        value,
        Bootstrap.percentile(differences, LOW),
        Bootstrap.percentile(differences, HIGH),
        p,
        n);
  }
}
