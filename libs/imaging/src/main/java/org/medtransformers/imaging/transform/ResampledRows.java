package org.medtransformers.imaging.transform;

import org.medtransformers.imaging.Image;

/** The rows of a box, resized horizontally when they are first asked for. */
final class ResampledRows {
  private final Image image;
  private final Box box;
  private final Taps taps;
  private final int[][] kept;
  private int made;

  /**
   * @param window rows that are asked for at a time; those before are forgotten
   */
  ResampledRows(Image image, Box box, Taps taps, int window) {
    this.image = image;
    this.box = box;
    this.taps = taps;
    this.kept = new int[window][taps.first.length * image.channels()];
  }

  /** Row {@code y} of the box, values 0 to 255, as integers since those multiply many at a time. */
  int[] get(int y) {
    for (; made <= y; made++) {
      int from = ((box.top() + made) * image.width() + box.left()) * image.channels();
      fill(kept[made % kept.length], from);
    }
    return kept[y % kept.length];
  }

  /** Narrow kernels are written out: a loop of two to four steps costs more than the steps. */
  private void fill(int[] out, int from) {
    byte[] in = image.data();
    if (image.channels() == 1) {
      grey(in, from, out);
    } else {
      switch (taps.window) {
        case 2 -> two(in, from, out);
        case 3 -> three(in, from, out);
        case 4 -> four(in, from, out);
        default -> many(in, from, out);
      }
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

  private void two(byte[] in, int from, int[] out) {
    int[] weights = taps.weights;
    int[] first = taps.first;
    for (int x = 0; x < first.length; x++) {
      int p = from + 3 * first[x];
      int w0 = weights[2 * x];
      int w1 = weights[2 * x + 1];
      for (int c = 0; c < 3; c++) {
        int sum = Resampler.HALF + (in[p + c] & 0xFF) * w0 + (in[p + c + 3] & 0xFF) * w1;
        out[3 * x + c] = Resampler.clip(sum);
      }
    }
  }

  private void three(byte[] in, int from, int[] out) {
    int[] weights = taps.weights;
    int[] first = taps.first;
    for (int x = 0; x < first.length; x++) {
      int p = from + 3 * first[x];
      int w0 = weights[3 * x];
      int w1 = weights[3 * x + 1];
      int w2 = weights[3 * x + 2];
      for (int c = 0; c < 3; c++) {
        int sum = Resampler.HALF + (in[p + c] & 0xFF) * w0;
        sum += (in[p + c + 3] & 0xFF) * w1 + (in[p + c + 6] & 0xFF) * w2;
        out[3 * x + c] = Resampler.clip(sum);
      }
    }
  }

  private void four(byte[] in, int from, int[] out) {
    int[] weights = taps.weights;
    int[] first = taps.first;
    for (int x = 0; x < first.length; x++) {
      int p = from + 3 * first[x];
      int w0 = weights[4 * x];
      int w1 = weights[4 * x + 1];
      int w2 = weights[4 * x + 2];
      int w3 = weights[4 * x + 3];
      for (int c = 0; c < 3; c++) {
        int sum = Resampler.HALF + (in[p + c] & 0xFF) * w0 + (in[p + c + 3] & 0xFF) * w1;
        sum += (in[p + c + 6] & 0xFF) * w2 + (in[p + c + 9] & 0xFF) * w3;
        out[3 * x + c] = Resampler.clip(sum);
      }
    }
  }

  private void many(byte[] in, int from, int[] out) {
    int[] weights = taps.weights;
    int[] first = taps.first;
    int window = taps.window;
    for (int x = 0; x < first.length; x++) {
      int red = Resampler.HALF;
      int green = Resampler.HALF;
      int blue = Resampler.HALF;
      int p = from + 3 * first[x];
      for (int w = x * window; w < (x + 1) * window; w++, p += 3) {
        red += (in[p] & 0xFF) * weights[w];
        green += (in[p + 1] & 0xFF) * weights[w];
        blue += (in[p + 2] & 0xFF) * weights[w];
      }
      out[3 * x] = Resampler.clip(red);
      out[3 * x + 1] = Resampler.clip(green);
      out[3 * x + 2] = Resampler.clip(blue);
    }
  }
}
