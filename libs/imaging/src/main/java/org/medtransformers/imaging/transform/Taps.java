package org.medtransformers.imaging.transform;

/**
 * Which source pixels make each target pixel, and how much: 22-bit fixed point, as in PIL's {@code
 * Resample.c}.
 */
final class Taps {
  static final int PRECISION_BITS = 22;

  /** First source pixel per target pixel. */
  final int[] first;

  /** Number of source pixels per target pixel. */
  final int[] count;

  /** {@link #stride} of them per target pixel. */
  final int[] weights;

  final int stride;

  private Taps(int[] first, int[] count, int[] weights, int stride) {
    this.first = first;
    this.count = count;
    this.weights = weights;
    this.stride = stride;
  }

  static Taps of(int from, int to, Filter filter) {
    double scale = (double) from / to;
    double stretch = Math.max(scale, 1);
    double support = filter.support() * stretch;
    int stride = (int) Math.ceil(support) * 2 + 1;
    int[] first = new int[to];
    int[] count = new int[to];
    int[] weights = new int[to * stride];
    double[] exact = new double[stride];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      first[i] = Math.max(0, (int) (centre - support + 0.5));
      count[i] = Math.min(from, (int) (centre + support + 0.5)) - first[i];
      double sum = 0;
      for (int t = 0; t < count[i]; t++) {
        exact[t] = filter.weight((t + first[i] - centre + 0.5) / stretch);
        sum += exact[t];
      }
      for (int t = 0; t < count[i]; t++) {
        weights[i * stride + t] = toFixed(sum == 0 ? exact[t] : exact[t] / sum);
      }
    }
    return new Taps(first, count, weights, stride);
  }

  private static int toFixed(double weight) {
    double scaled = weight * (1 << PRECISION_BITS);
    return (int) (weight < 0 ? scaled - 0.5 : scaled + 0.5);
  }
}
