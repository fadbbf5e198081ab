package org.medtransformers.imaging.similar;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.medtransformers.imaging.Image;

/**
 * What is left of greys when the mean of the 3 × 3 around each is taken away, cut off at the median
 * of its size: fine structure, in which two retinas or breasts differ, counts as much as the
 * outline that they share. Where there is none, as on a black background, does not enter the
 * median.
 */
final class Detail {
  /** So many greys of 1024 must have a detail of half a grey level, or the picture is blank. */
  private static final int FEWEST = 32;

  private static final int AROUND = 9;
  private static final int FULL = 127;

  /** In units of {@value #FULL}. */
  private final byte[] values;

  private final int sum;
  private final long squares;

  private Detail(byte[] values) {
    this.values = values;
    int total = 0;
    long squared = 0;
    for (byte value : values) {
      total += value;
      squared += value * value;
    }
    this.sum = total;
    this.squares = squared;
  }

  /**
   * @param greys of one channel
   */
  static Detail of(Image greys) {
    int[] detail = new int[greys.data().length];
    for (int y = 0, i = 0; y < greys.height(); y++) {
      for (int x = 0; x < greys.width(); x++, i++) {
        detail[i] = AROUND * greys.at(y, x, 0) - around(greys, y, x);
      }
    }
    int[] sizes = IntStream.of(detail).map(Math::abs).filter(d -> 2 * d >= AROUND).toArray();
    if (sizes.length < FEWEST) {
      return new Detail(new byte[0]);
    }
    Arrays.sort(sizes);
    double most = sizes[sizes.length / 2];
    byte[] values = new byte[detail.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Math.round(FULL * Math.max(-1, Math.min(1, detail[i] / most)));
    }
    return new Detail(values);
  }

  /** Sum of the 3 × 3; beyond the edge stands what stands at it. */
  private static int around(Image greys, int y, int x) {
    int sum = 0;
    for (int dy = -1; dy <= 1; dy++) {
      int row = Math.max(0, Math.min(greys.height() - 1, y + dy));
      for (int dx = -1; dx <= 1; dx++) {
        sum += greys.at(row, Math.max(0, Math.min(greys.width() - 1, x + dx)), 0);
      }
    }
    return sum;
  }

  boolean isBlank() {
    return values.length == 0;
  }

  /** Pearson's, -1 to 1; 0 where one is blank. */
  double correlation(Detail other) {
    if (isBlank() || other.isBlank()) {
      return 0;
    }
    int products = 0;
    for (int i = 0; i < values.length; i++) {
      products += values[i] * other.values[i];
    }
    double n = values.length;
    double covariance = n * products - (double) sum * other.sum;
    return covariance / Math.sqrt(variance() * other.variance());
  }

  /** Times n². Never 0, since some values are {@value #FULL} or its negative and others are not. */
  private double variance() {
    return (double) values.length * squares - (double) sum * sum;
  }
}
