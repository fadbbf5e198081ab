package org.medtransformers.imaging;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.medtransformers.imaging.random.RandomStream;

/** The statistical tests notice what they are there to notice. */
class DistributionTest {
  private static final RandomStream RANDOM = RandomStream.ofItem(3, 0);

  private static List<Double> uniform(double from, double to) {
    return IntStream.range(0, 20_000).mapToObj(i -> RANDOM.uniform(from, to)).toList();
  }

  private static void fails(Executable test) {
    assertThrows(AssertionError.class, test);
  }

  @Test
  void aRangeThatIsTwoPerCentOffIsNoticed() {
    Distribution.assertUniform(0, 1, uniform(0, 1));
    fails(() -> Distribution.assertUniform(0, 1, uniform(0.02, 1)));
    fails(() -> Distribution.assertUniform(0, 1, uniform(0, 0.98)));
  }

  @Test
  void anotherShapeOfTheSameRangeAndMeanIsNoticed() {
    List<Double> sums =
        IntStream.range(0, 20_000)
            .mapToObj(i -> 0.9 * RANDOM.nextDouble() + 0.1 * RANDOM.nextDouble())
            .toList();
    fails(() -> Distribution.assertUniform(0, 1, sums));
  }

  @Test
  void probabilitiesThatAreTwoPerCentOffAreNoticed() {
    Distribution.assertShare(0.5, 10_050, 20_000);
    fails(() -> Distribution.assertShare(0.5, 10_400, 20_000));
    fails(() -> Distribution.assertShare(0, 1, 20_000));
  }

  @Test
  void kindsThatAreMissingOrMoreLikelyAreNoticed() {
    Distribution.assertEquallyLikely(4, 4950, 5050, 5020, 4980);
    fails(() -> Distribution.assertEquallyLikely(4, 4900, 5400, 4850, 4850));
    fails(() -> Distribution.assertEquallyLikely(4, 6700, 6600, 6700));
  }
}
