package org.medtransformers.learning.weights;

import java.util.Arrays;

/**
 * Position embeddings for another grid of patches: bicubic with a = -0.75, without antialiasing,
 * straight to the target size, in the arithmetic of PyTorch's {@code upsample_bicubic2d}. The same
 * as the network does to its own embeddings for images of another size.
 */
final class PositionEmbedding {
  private static final int TAPS = 4;
  private static final float A = -0.75f;

  private PositionEmbedding() {}

  /**
   * Resamples embeddings.
   *
   * @param embedding [1 + from * from, features], the class token first, which is kept
   * @return [1 + to * to, features]
   */
  static float[] resample(float[] embedding, int features, int from, int to) {
    float[] resampled = Arrays.copyOf(embedding, (1 + to * to) * features);
    for (int row = 0; row < to; row++) {
      int[] rows = taps(row, from, to);
      float[] rowWeights = weights(row, from, to);
      for (int column = 0; column < to; column++) {
        int[] columns = taps(column, from, to);
        float[] columnWeights = weights(column, from, to);
        int target = (1 + row * to + column) * features;
        for (int f = 0; f < features; f++) {
          float sum = 0;
          for (int r = 0; r < TAPS; r++) {
            float line = 0;
            for (int c = 0; c < TAPS; c++) {
              int source = (1 + rows[r] * from + columns[c]) * features;
              line += columnWeights[c] * embedding[source + f];
            }
            sum += rowWeights[r] * line;
          }
          resampled[target + f] = sum;
        }
      }
    }
    return resampled;
  }

  /** The source positions that contribute to {@code target}; the border is repeated. */
  private static int[] taps(int target, int from, int to) {
    int first = (int) Math.floor(position(target, from, to)) - 1;
    int[] taps = new int[TAPS];
    for (int i = 0; i < TAPS; i++) {
      taps[i] = Math.max(0, Math.min(from - 1, first + i));
    }
    return taps;
  }

  /** Cubic Convolution Interpolation for Digital Image Processing, Keys, 1981, equation 15. */
  private static float[] weights(int target, int from, int to) {
    float position = position(target, from, to);
    float t = position - (float) Math.floor(position);
    return new float[] {far(t + 1), near(t), near(1 - t), far(2 - t)};
  }

  /** Where the middle of {@code target} lies in the source. */
  private static float position(int target, int from, int to) {
    return (float) from / to * (target + 0.5f) - 0.5f;
  }

  private static float near(float x) {
    return ((A + 2) * x - (A + 3)) * x * x + 1;
  }

  private static float far(float x) {
    return ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
  }
}
