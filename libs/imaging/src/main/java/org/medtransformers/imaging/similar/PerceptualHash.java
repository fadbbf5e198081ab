package org.medtransformers.imaging.similar;

import java.util.Arrays;

/**
 * The 64-bit DCT hash of Zauner (2010), section 3.2.1, in the variant of ImageHash's {@code phash}:
 * of a picture of 32 × 32 greys the two-dimensional DCT-II, of it the 8 × 8 lowest frequencies with
 * the constant one, of each whether it exceeds their median.
 */
final class PerceptualHash {
  /** Greys each way. */
  static final int SIDE = 32;

  private static final int LOW = 8;
  private static final double[] COSINES = cosines();

  private PerceptualHash() {}

  /** {@code cos(π (2x + 1) u / 2N)} at {@code [u, x]}. */
  private static double[] cosines() {
    double[] table = new double[LOW * SIDE];
    for (int u = 0; u < LOW; u++) {
      for (int x = 0; x < SIDE; x++) {
        table[u * SIDE + x] = Math.cos(Math.PI * (2 * x + 1) * u / (2 * SIDE));
      }
    }
    return table;
  }

  /**
   * @param greys [{@value #SIDE}, {@value #SIDE}], unsigned
   * @return bits in the order of rows of frequencies, the first as the highest
   */
  static long of(byte[] greys) {
    double[] frequencies = lowFrequencies(greys);
    double[] sorted = frequencies.clone();
    Arrays.sort(sorted);
    double median = (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    long hash = 0;
    for (double frequency : frequencies) {
      hash = hash << 1 | (frequency > median ? 1 : 0);
    }
    return hash;
  }

  /** Rows first, then columns; [8, 8]. Without the factor 4, which changes no order. */
  private static double[] lowFrequencies(byte[] greys) {
    double[] rows = new double[SIDE * LOW];
    for (int y = 0; y < SIDE; y++) {
      for (int u = 0; u < LOW; u++) {
        double sum = 0;
        for (int x = 0; x < SIDE; x++) {
          sum += (greys[y * SIDE + x] & 0xFF) * COSINES[u * SIDE + x];
        }
        rows[y * LOW + u] = sum;
      }
    }
    double[] low = new double[LOW * LOW];
    for (int v = 0; v < LOW; v++) {
      for (int u = 0; u < LOW; u++) {
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
          sum += rows[y * LOW + u] * COSINES[v * SIDE + y];
        }
        low[v * LOW + u] = sum;
      }
    }
    return low;
  }
}
