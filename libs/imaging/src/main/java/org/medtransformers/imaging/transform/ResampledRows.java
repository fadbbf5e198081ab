package org.medtransformers.imaging.transform;

import org.medtransformers.imaging.Image;

/**
 * The rows of a box, resized horizontally when they are first asked for.
 *
 * <p>A weighted sum of bytes takes 31 bits and a sign, so one 64-bit product makes those of red and
 * of blue.
 */
final class ResampledRows {
  private static final int BLUE = 32;
  private static final long RED_AND_BLUE_HALVES = ((long) Resampler.HALF << BLUE) + Resampler.HALF;

  private final Image image;
  private final Box box;
  private final Taps taps;
  private final int[][] kept;
  private final long[] redAndBlue;
  private final int[] green;
  private int made;

  /**
   * @param window rows that are asked for at a time; those before are forgotten
   */
  ResampledRows(Image image, Box box, Taps taps, int window) {
    this.image = image;
    this.box = box;
    this.taps = taps;
    this.kept = new int[window][taps.first.length * image.channels()];
    this.redAndBlue = new long[box.width()];
    this.green = new int[box.width()];
  }

  /** Row {@code y} of the box, values 0 to 255, as integers since those multiply many at a time. */
  int[] get(int y) {
    for (; made <= y; made++) {
      int from = ((box.top() + made) * image.width() + box.left()) * image.channels();
      fill(kept[made % kept.length], from);
    }
    return kept[y % kept.length];
  }

  private void fill(int[] out, int from) {
    if (image.channels() == 1) {
      grey(image.data(), from, out);
    } else {
      pack(image.data(), from);
      colour(out);
    }
  }

  private void grey(byte[] in, int from, int[] out) {
    int[] weights = taps.weights;
    int[] first = taps.first;
    int window = taps.window;
    for (int x = 0; x < out.length; x++) {
      int sum = Resampler.HALF;
      int p = from + first[x];
      for (int t = 0; t < window; t++) {
        sum += (in[p + t] & 0xFF) * weights[x * window + t];
      }
      out[x] = Resampler.clip(sum);
    }
  }

  private void pack(byte[] in, int from) {
    for (int x = 0, p = from; x < green.length; x++, p += 3) {
      redAndBlue[x] = (in[p] & 0xFFL) | (in[p + 2] & 0xFFL) << BLUE;
      green[x] = in[p + 1] & 0xFF;
    }
  }

  private void colour(int[] out) {
    int[] weights = taps.weights;
    int[] first = taps.first;
    int window = taps.window;
    for (int x = 0, w = 0, to = 0; x < first.length; x++, to += 3) {
      long redBlue = RED_AND_BLUE_HALVES;
      int middle = Resampler.HALF;
      int end = first[x] + window;
      for (int p = first[x]; p < end; p++, w++) {
        redBlue += redAndBlue[p] * weights[w];
        middle += green[p] * weights[w];
      }
      int red = (int) redBlue;
      out[to] = Resampler.clip(red);
      out[to + 1] = Resampler.clip(middle);
      // A negative red has borrowed from blue.
      out[to + 2] = Resampler.clip((int) ((redBlue - red) >> BLUE));
    }
  }
}
