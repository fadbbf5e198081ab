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
      out[x] = taps.rounded(sum);
    }
  }

  private void pack(byte[] in, int from) {
    for (int x = 0, p = from; x < green.length; x++, p += 3) {
      redAndBlue[x] = (in[p] & 0xFFL) | (in[p + 2] & 0xFFL) << BLUE;
      green[x] = in[p + 1] & 0xFF;
    }
  }

  /** Narrow kernels are written out: a loop of two to four steps costs more than the steps. */
  private void colour(int[] out) {
    switch (taps.window) {
      case 2 -> two(out);
      case 3 -> three(out);
      case 4 -> four(out);
      default -> many(out);
    }
  }

  private void two(int[] out) {
    int[] weights = taps.weights;
    int[] first = taps.first;
    for (int x = 0, w = 0; x < first.length; x++, w += 2) {
      int p = first[x];
      int w0 = weights[w];
      int w1 = weights[w + 1];
      long both = RED_AND_BLUE_HALVES + redAndBlue[p] * w0 + redAndBlue[p + 1] * w1;
      put(out, 3 * x, both, Resampler.HALF + green[p] * w0 + green[p + 1] * w1);
    }
  }

  private void three(int[] out) {
    int[] weights = taps.weights;
    int[] first = taps.first;
    for (int x = 0, w = 0; x < first.length; x++, w += 3) {
      int p = first[x];
      int w0 = weights[w];
      int w1 = weights[w + 1];
      int w2 = weights[w + 2];
      long both = RED_AND_BLUE_HALVES + redAndBlue[p] * w0 + redAndBlue[p + 1] * w1;
      int middle = Resampler.HALF + green[p] * w0 + green[p + 1] * w1;
      put(out, w, both + redAndBlue[p + 2] * w2, middle + green[p + 2] * w2);
    }
  }

  private void four(int[] out) {
    int[] weights = taps.weights;
    int[] first = taps.first;
    for (int x = 0, w = 0; x < first.length; x++, w += 4) {
      int p = first[x];
      int w0 = weights[w];
      int w1 = weights[w + 1];
      int w2 = weights[w + 2];
      int w3 = weights[w + 3];
      long both = RED_AND_BLUE_HALVES + redAndBlue[p] * w0 + redAndBlue[p + 1] * w1;
      int middle = Resampler.HALF + green[p] * w0 + green[p + 1] * w1;
      both += redAndBlue[p + 2] * w2 + redAndBlue[p + 3] * w3;
      put(out, 3 * x, both, middle + green[p + 2] * w2 + green[p + 3] * w3);
    }
  }

  private void many(int[] out) {
    int[] weights = taps.weights;
    int[] first = taps.first;
    int window = taps.window;
    for (int x = 0, w = 0; x < first.length; x++) {
      long both = RED_AND_BLUE_HALVES;
      int middle = Resampler.HALF;
      int end = first[x] + window;
      for (int p = first[x]; p < end; p++, w++) {
        both += redAndBlue[p] * weights[w];
        middle += green[p] * weights[w];
      }
      put(out, 3 * x, both, middle);
    }
  }

  private void put(int[] out, int to, long redBlue, int green) {
    int red = (int) redBlue;
    out[to] = taps.rounded(red);
    out[to + 1] = taps.rounded(green);
    // A negative red has borrowed from blue.
    out[to + 2] = taps.rounded((int) ((redBlue - red) >> BLUE));
  }
}
