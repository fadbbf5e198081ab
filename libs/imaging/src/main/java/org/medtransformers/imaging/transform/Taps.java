package org.medtransformers.imaging.transform;

import java.util.Arrays;

/**
 * Which source pixels make each target pixel, and how much: 22-bit fixed point, as in PIL's {@code
 * Resample.c}. Every target pixel has a window of the same width, filled up with weights of 0.
 */
final class Taps {
  static final int PRECISION_BITS = 22;

  /** Source pixels per target pixel. */
  final int window;

  /** The first source pixel of each window; never falls. */
  final int[] first;

  /** {@link #window} of them per target pixel. */
  final int[] weights;

  /** Whether a sum may leave 0 to 255, which takes negative weights. */
  private final boolean overshoots;

  private Taps(int window, int[] first, int[] weights) {
    this.window = window;
    this.first = first;
    this.weights = weights;
    this.overshoots = Arrays.stream(weights).anyMatch(weight -> weight < 0);
  }

  /** The byte, 0 to 255, of a sum in fixed point to which one half has been added. */
  int rounded(int sum) {
    int value = sum >> PRECISION_BITS;
    if (!overshoots || (value & ~0xFF) == 0) {
      return value;
    }
    return value < 0 ? 0 : 255;
  }

  static Taps of(int from, int to, Filter filter) {
    double scale = (double) from / to;
    double stretch = Math.max(scale, 1);
    double support = filter.support() * stretch;
    int[] first = new int[to];
    int[][] exact = new int[to][];
    int window = 1;
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      first[i] = Math.max(0, (int) (centre - support + 0.5));
      int end = Math.min(from, (int) (centre + support + 0.5));
      exact[i] = weights(first[i], end, centre, stretch, filter);
      window = Math.max(window, exact[i].length);
    }
    int[] weights = new int[to * window];
    for (int i = 0; i < to; i++) {
      int within = Math.min(first[i], from - window);
      int shift = first[i] - within;
      System.arraycopy(exact[i], 0, weights, i * window + shift, exact[i].length);
      first[i] = within;
    }
    return new Taps(window, first, weights);
  }

  private static int[] weights(int first, int end, double centre, double stretch, Filter filter) {
    double[] exact = new double[end - first];
    double sum = 0;
    for (int t = 0; t < exact.length; t++) {
      exact[t] = filter.weight((t + first - centre + 0.5) / stretch);
      sum += exact[t];
    }
    int[] fixed = new int[exact.length];
    for (int t = 0; t < exact.length; t++) {
      fixed[t] = toFixed(sum == 0 ? exact[t] : exact[t] / sum);
    }
    return fixed;
  }

  private static int toFixed(double weight) {
    double scaled = weight * (1 << PRECISION_BITS);
    return (int) (weight < 0 ? scaled - 0.5 : scaled + 0.5);
  }
}
