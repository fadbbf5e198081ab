package org.medtransformers.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;

/** Whether drawn values follow a distribution, at a level of one in a thousand or less. */
public final class Distribution {
  private static final double SIGMAS = 4.5;

  private Distribution() {}

  /** The test of Kolmogorov and Smirnov, of a continuous distribution. */
  public static void assertFollows(DoubleUnaryOperator cumulative, Collection<Double> drawn) {
    double[] values = drawn.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double distance = 0;
    for (int i = 0; i < values.length; i++) {
      double expected = cumulative.applyAsDouble(values[i]);
      distance = Math.max(distance, expected - i / (double) values.length);
      distance = Math.max(distance, (i + 1) / (double) values.length - expected);
    }
    double critical = 1.95 / Math.sqrt(values.length);
    assertTrue(distance < critical, "distance " + distance + ", critical is " + critical);
  }

  /** Uniform in [from, to]. */
  public static void assertUniform(double from, double to, Collection<Double> drawn) {
    assertFollows(x -> Math.max(0, Math.min(1, (x - from) / (to - from))), drawn);
  }

  /** A share of {@code draws}, where each happens with probability {@code p}. */
  public static void assertShare(double p, long happened, long draws) {
    assertEquals(p, happened / (double) draws, SIGMAS * Math.sqrt(p * (1 - p) / draws));
  }

  /** Equally likely kinds, by Pearson's chi-squared in Wilson and Hilferty's approximation. */
  public static void assertEquallyLikely(int kinds, long... counts) {
    assertEquals(kinds, counts.length, () -> "kinds that were drawn: " + Arrays.toString(counts));
    double expected = LongStream.of(counts).sum() / (double) kinds;
    double squares =
        LongStream.of(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
    double spread = 2.0 / (9 * (kinds - 1));
    double normal = (Math.cbrt(squares / (kinds - 1)) - (1 - spread)) / Math.sqrt(spread);
    assertTrue(normal < SIGMAS, "chi-squared " + squares + " of " + kinds + " kinds");
  }

  /**
   * Whether the share of {@code drawn} that does not exceed {@code step} is that of another sample.
   *
   * @param size of the other sample
   */
  public static void assertShareUpTo(
      double step, double share, long size, Collection<Double> drawn, String what) {
    double found = drawn.stream().filter(v -> v <= step).count() / (double) drawn.size();
    double variance = share * (1 - share) * (1.0 / size + 1.0 / drawn.size());
    double tolerance = SIGMAS * Math.sqrt(variance) + 10.0 / size;
    assertEquals(share, found, tolerance, () -> what + ": share up to " + step);
  }
}
