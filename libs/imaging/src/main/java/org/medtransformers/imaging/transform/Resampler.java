package org.medtransformers.imaging.transform;

import java.util.Arrays;
import org.medtransformers.imaging.Image;

/**
 * PIL's resize, byte for byte: a horizontal pass, then a vertical one, each rounding to bytes; a
 * pass that changes no size is left out. The kernel widens with the reduction (antialiasing).
 */
final class Resampler {
  private static final int HALF = 1 << (Taps.PRECISION_BITS - 1);

  private Resampler() {}

  /** Cuts {@code box} out of {@code image} and resizes it. */
  static Image resize(Image image, Box box, int height, int width, Filter filter) {
    Image cut = image;
    Box rest = box;
    if (width != box.width()) {
      cut = horizontal(image, box, Taps.of(box.width(), width, filter), width);
      rest = new Box(0, 0, box.height(), width);
    }
    if (height != box.height()) {
      return vertical(cut, rest, Taps.of(box.height(), height, filter), height);
    }
    return Crops.cut(cut, rest);
  }

  private static Image horizontal(Image image, Box box, Taps taps, int width) {
    int channels = image.channels();
    byte[] out = new byte[box.height() * width * channels];
    for (int y = 0; y < box.height(); y++) {
      int from = ((box.top() + y) * image.width() + box.left()) * channels;
      int to = y * width * channels;
      if (channels == 3) {
        rowOfColour(image.data(), from, out, to, taps, width);
      } else {
        rowOfGrey(image.data(), from, out, to, taps, width);
      }
    }
    return new Image(out, box.height(), width, channels);
  }

  private static void rowOfColour(byte[] in, int from, byte[] out, int to, Taps taps, int width) {
    int[] weights = taps.weights;
    for (int x = 0; x < width; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int p = from + taps.first[x] * 3;
      int w = x * taps.stride;
      for (int end = w + taps.count[x]; w < end; w++, p += 3) {
        int weight = weights[w];
        red += (in[p] & 0xFF) * weight;
        green += (in[p + 1] & 0xFF) * weight;
        blue += (in[p + 2] & 0xFF) * weight;
      }
      out[to + 3 * x] = clip(red);
      out[to + 3 * x + 1] = clip(green);
      out[to + 3 * x + 2] = clip(blue);
    }
  }

  private static void rowOfGrey(byte[] in, int from, byte[] out, int to, Taps taps, int width) {
    int[] weights = taps.weights;
    for (int x = 0; x < width; x++) {
      int sum = HALF;
      int p = from + taps.first[x];
      int w = x * taps.stride;
      for (int end = w + taps.count[x]; w < end; w++, p++) {
        sum += (in[p] & 0xFF) * weights[w];
      }
      out[to + x] = clip(sum);
    }
  }

  private static Image vertical(Image image, Box box, Taps taps, int height) {
    int rowBytes = box.width() * image.channels();
    int stride = image.width() * image.channels();
    byte[] in = image.data();
    byte[] out = new byte[height * rowBytes];
    int[] sums = new int[rowBytes];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, HALF);
      int from = (box.top() + taps.first[y]) * stride + box.left() * image.channels();
      for (int t = 0; t < taps.count[y]; t++, from += stride) {
        accumulate(in, from, taps.weights[y * taps.stride + t], sums);
      }
      for (int i = 0, to = y * rowBytes; i < rowBytes; i++, to++) {
        out[to] = clip(sums[i]);
      }
    }
    return new Image(out, height, box.width(), image.channels());
  }

  private static void accumulate(byte[] in, int from, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (in[from + i] & 0xFF) * weight;
    }
  }

  private static byte clip(int fixed) {
    return (byte) Math.min(255, Math.max(0, fixed >> Taps.PRECISION_BITS));
  }
}
