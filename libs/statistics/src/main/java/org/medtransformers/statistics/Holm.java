package org.medtransformers.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction for many tests at once: whoever calls those below α different is
 * wrong about any of them with a probability of at most α, however the tests depend on each other.
 *
 * <p>A simple sequentially rejective multiple test procedure, Holm, 1979.
 */
public final class Holm {
  private Holm() {}

  /** The adjusted values of {@code p}, in the same order; NaN is no test and stays. */
  public static double[] adjusted(double[] p) {
    double[] adjusted = p.clone();
    List<Integer> smallestFirst =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .toList();
    double largest = 0;
    for (int rank = 0; rank < smallestFirst.size(); rank++) {
      int test = smallestFirst.get(rank);
      largest = Math.max(largest, Math.min(1, (smallestFirst.size() - rank) * p[test]));
      adjusted[test] = largest;
    }
    return adjusted;
  }
}
