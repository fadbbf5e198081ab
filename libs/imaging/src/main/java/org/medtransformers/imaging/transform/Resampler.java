package org.medtransformers.imaging.transform;

import java.util.Arrays;
import org.medtransformers.imaging.Image;

/**
 * PIL's resize, byte for byte: a horizontal pass, then a vertical one, each rounding to bytes; a
 * pass that changes no size is left out. The kernel widens with the reduction (antialiasing).
 */
final class Resampler {
  static final int HALF = 1 << (Taps.PRECISION_BITS - 1);

  private Resampler() {}

  /** Cuts {@code box} out of {@code image} and resizes it. */
  static Image resize(Image image, Box box, int height, int width, Filter filter) {
    if (height == box.height() && width == box.width()) {
      return Crops.cut(image, box);
    }
    Taps across = Taps.of(box.width(), width, filter);
    byte[] out = new byte[height * width * image.channels()];
    if (height == box.height()) {
      horizontal(new ResampledRows(image, box, across, 1), height, out);
    } else {
      Taps down = Taps.of(box.height(), height, filter);
      vertical(new ResampledRows(image, box, across, down.window), down, out);
    }
    return new Image(out, height, width, image.channels());
  }

  private static void horizontal(ResampledRows rows, int height, byte[] out) {
    for (int y = 0, to = 0; y < height; y++) {
      int[] row = rows.get(y);
      for (int i = 0; i < row.length; i++, to++) {
        out[to] = (byte) row[i];
      }
    }
  }

  private static void vertical(ResampledRows rows, Taps down, byte[] out) {
    int height = down.first.length;
    int[] sums = new int[out.length / height];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, HALF);
      for (int t = 0; t < down.window; t++) {
        accumulate(rows.get(down.first[y] + t), down.weights[y * down.window + t], sums);
      }
      round(down, sums, out, y * sums.length);
    }
  }

  private static void accumulate(int[] row, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row[i] * weight;
    }
  }

  private static void round(Taps down, int[] sums, byte[] out, int to) {
    for (int i = 0; i < sums.length; i++) {
      out[to + i] = (byte) down.rounded(sums[i]);
    }
  }
}
