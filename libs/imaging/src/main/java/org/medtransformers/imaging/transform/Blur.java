package org.medtransformers.imaging.transform;

import org.medtransformers.imaging.Image;

/**
 * PIL's Gaussian blur: three extended box blurs (Gwosdek et al. 2011) along the rows, then three
 * along the columns, in 24-bit fixed point.
 */
final class Blur {
  private static final int PASSES = 3;
  private static final int HALF = 1 << 23;

  private Blur() {}

  static Image gaussian(Image image, double radius) {
    float box = boxRadius((float) radius);
    if (box == 0) {
      return image;
    }
    Image rows = alongRows(image, box);
    return transposed(alongRows(transposed(rows), box));
  }

  /** The radius of the box whose {@value #PASSES}-fold convolution has that Gaussian's variance. */
  private static float boxRadius(float radius) {
    float variance = radius * radius / PASSES;
    float length = (float) Math.sqrt(12.0 * variance + 1.0);
    float whole = (float) Math.floor((length - 1.0) / 2.0);
    float part = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance);
    part /= 6 * (variance - (whole + 1) * (whole + 1));
    return whole + part;
  }

  private static Image alongRows(Image image, float radius) {
    byte[] data = image.data().clone();
    int channels = image.channels();
    byte[] line = new byte[image.width()];
    byte[] blurred = new byte[image.width()];
    for (int y = 0; y < image.height(); y++) {
      for (int c = 0; c < channels; c++) {
        int start = y * image.width() * channels + c;
        gather(data, start, channels, line);
        for (int pass = 0; pass < PASSES; pass++) {
          box(line, blurred, radius);
          System.arraycopy(blurred, 0, line, 0, line.length);
        }
        scatter(line, data, start, channels);
      }
    }
    return new Image(data, image.height(), image.width(), channels);
  }

  private static void box(byte[] in, byte[] out, float radius) {
    int whole = (int) radius;
    int weight = (int) ((1 << 24) / (radius * 2 + 1));
    int edgeWeight = ((1 << 24) - (whole * 2 + 1) * weight) / 2;
    int last = in.length - 1;
    int sum = 0;
    for (int x = -whole; x <= whole; x++) {
      sum += at(in, x, last);
    }
    for (int x = 0; x <= last; x++) {
      int edges = at(in, x - whole - 1, last) + at(in, x + whole + 1, last);
      // Unsigned: a white image fills all 32 bits.
      out[x] = (byte) ((sum * weight + edges * edgeWeight + HALF) >>> 24);
      sum += at(in, x + whole + 1, last) - at(in, x - whole, last);
    }
  }

  private static int at(byte[] line, int x, int last) {
    return line[Math.max(0, Math.min(last, x))] & 0xFF;
  }

  private static void gather(byte[] data, int start, int step, byte[] line) {
    for (int x = 0, p = start; x < line.length; x++, p += step) {
      line[x] = data[p];
    }
  }

  private static void scatter(byte[] line, byte[] data, int start, int step) {
    for (int x = 0, p = start; x < line.length; x++, p += step) {
      data[p] = line[x];
    }
  }

  private static Image transposed(Image image) {
    int channels = image.channels();
    byte[] in = image.data();
    byte[] out = new byte[in.length];
    for (int y = 0, from = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int c = 0; c < channels; c++, from++) {
          out[(x * image.height() + y) * channels + c] = in[from];
        }
      }
    }
    return new Image(out, image.width(), image.height(), channels);
  }
}
