package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.CounterRandom;
import org.medtransformers.contracts.result.Intervals.Interval;
import org.medtransformers.contracts.result.Intervals.Method;

/** The numbers of BCa itself are compared in {@link ReferenceTest} and by the golden cases. */
class BootstrapIntervalTest {
  /** From -1 to 1. */
  private static final double[] EVEN =
      IntStream.rangeClosed(-1000, 1000).mapToDouble(i -> i / 1000.0).toArray();

  private static final double[] SYMMETRIC = {-1, 0, 1};

  @Test
  void withoutBiasAndAccelerationBcaIsThePercentileInterval() {
    Interval bca = BootstrapInterval.bca(0, EVEN, SYMMETRIC, 0.95);
    Interval percentile = BootstrapInterval.percentile(EVEN, 0.95);
    assertEquals(Method.BCA, bca.method());
    assertEquals(Method.PERCENTILE, percentile.method());
    assertEquals(percentile.low(), bca.low(), 1e-9);
    assertEquals(percentile.high(), bca.high(), 1e-9);
    assertEquals(-0.95, percentile.low(), 1e-9);
  }

  @Test
  void aValueAboveTheMiddleOfItsResamplesMovesTheInterval() {
    Interval found = BootstrapInterval.bca(0.2, EVEN, SYMMETRIC, 0.95);
    assertEquals(Method.BCA, found.method());
    assertTrue(found.low() > -0.95 && found.high() > 0.95);
  }

  @Test
  void theIntervalOfPercentilesStandsInWhereBcaHasNoAnswer() {
    double[] undefined = EVEN.clone();
    undefined[7] = Double.NaN;
    assertPercentile(2000, BootstrapInterval.bca(0, undefined, SYMMETRIC, 0.95));
    assertPercentile(2001, BootstrapInterval.bca(0, EVEN, new double[] {1, Double.NaN}, 0.95));
    assertPercentile(2001, BootstrapInterval.bca(0, EVEN, new double[] {0.3, 0.3, 0.3}, 0.95));
    assertPercentile(2001, BootstrapInterval.bca(2, EVEN, SYMMETRIC, 0.95));
    assertPercentile(2001, BootstrapInterval.bca(Double.NaN, EVEN, SYMMETRIC, 0.95));
    assertPercentile(10, BootstrapInterval.bca(0, new double[10], SYMMETRIC, 0.95));
    Interval none = BootstrapInterval.bca(0, new double[0], SYMMETRIC, 0.95);
    assertTrue(Double.isNaN(none.low()));
  }

  private static void assertPercentile(int draws, Interval found) {
    assertEquals(Method.PERCENTILE, found.method());
    assertEquals(draws, found.resamples());
  }

  @Test
  void everyImageOfAGroupIsLeftOutTogether() {
    Bootstrap bootstrap = new Bootstrap(List.of("a", "", "b", "a"), 0);
    assertEquals(3, bootstrap.parts());
    assertArrayEquals(new int[] {0, 1, 1, 0}, bootstrap.countsWithout(0));
    assertArrayEquals(new int[] {1, 0, 1, 1}, bootstrap.countsWithout(1));
    assertArrayEquals(new int[] {1, 1, 0, 1}, bootstrap.countsWithout(2));
  }

  @Test
  void ofVeryManyGroupsSeveralAreLeftOutTogetherWithNearlyTheSameAcceleration() {
    int n = 20_000;
    // Exponential: skewness 2, so that the acceleration is 2 / (6 √n).
    CounterRandom random = CounterRandom.of(1, "values");
    double[] values =
        IntStream.range(0, n).mapToDouble(i -> -Math.log(1 - random.uniform(i))).toArray();
    Bootstrap bootstrap = new Bootstrap(Collections.nCopies(n, ""), 0);
    assertEquals(1000, bootstrap.parts());
    double[] leftOut =
        IntStream.range(0, bootstrap.parts())
            .mapToDouble(
                part -> {
                  int[] counts = bootstrap.countsWithout(part);
                  double sum = IntStream.range(0, n).mapToDouble(i -> counts[i] * values[i]).sum();
                  return sum / IntStream.of(counts).sum();
                })
            .toArray();
    assertEquals(1 / (3 * Math.sqrt(n)), BootstrapInterval.acceleration(leftOut), 0.001);
  }
}
