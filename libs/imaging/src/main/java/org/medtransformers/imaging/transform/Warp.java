package org.medtransformers.imaging.transform;

import java.util.List;
import org.medtransformers.imaging.Image;

/** Affine maps by nearest neighbour and perspective maps bilinearly, as PIL's Geometry.c. */
final class Warp {
  private Warp() {}

  /**
   * @param matrix six coefficients of the map from target to source pixels, row by row
   */
  static Image affine(Image image, List<Double> matrix) {
    int[] fixed = new int[6];
    for (int i = 0; i < 6; i++) {
      fixed[i] = toFixed(matrix.get(i));
    }
    fixed[2] = toFixed(matrix.get(2) + matrix.get(0) * 0.5 + matrix.get(1) * 0.5);
    fixed[5] = toFixed(matrix.get(5) + matrix.get(3) * 0.5 + matrix.get(4) * 0.5);
    Image out = Image.black(image.height(), image.width(), image.channels());
    for (int y = 0; y < image.height(); y++) {
      int u = fixed[2] + fixed[1] * y;
      int v = fixed[5] + fixed[4] * y;
      for (int x = 0; x < image.width(); x++, u += fixed[0], v += fixed[3]) {
        copy(image, v >> 16, u >> 16, out, y, x);
      }
    }
    return out;
  }

  private static int toFixed(double value) {
    return (int) Math.floor(value * 65536.0 + 0.5);
  }

  private static void copy(Image image, int fromY, int fromX, Image out, int y, int x) {
    if (fromX < 0 || fromX >= image.width() || fromY < 0 || fromY >= image.height()) {
      return;
    }
    int channels = image.channels();
    int from = (fromY * image.width() + fromX) * channels;
    int to = (y * image.width() + x) * channels;
    for (int c = 0; c < channels; c++) {
      out.data()[to + c] = image.data()[from + c];
    }
  }

  /** A quarter turn to the left of a square image, {@code quarters} times. */
  static Image turned(Image image, int quarters) {
    Image out = Image.black(image.height(), image.width(), image.channels());
    int last = image.height() - 1;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        switch (quarters) {
          case 1 -> copy(image, x, last - y, out, y, x);
          case 2 -> copy(image, last - y, image.width() - 1 - x, out, y, x);
          case 3 -> copy(image, last - x, y, out, y, x);
          default -> copy(image, y, x, out, y, x);
        }
      }
    }
    return out;
  }

  /**
   * @param k eight coefficients a to h: x' = (ax + by + c) / (gx + hy + 1), y' = (dx + ey + f) /
   *     (gx + hy + 1)
   */
  static Image perspective(Image image, List<Double> k) {
    double[] a = k.stream().mapToDouble(Double::doubleValue).toArray();
    Image out = Image.black(image.height(), image.width(), image.channels());
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        double px = x + 0.5;
        double py = y + 0.5;
        double depth = a[6] * px + a[7] * py + 1;
        double u = (a[0] * px + a[1] * py + a[2]) / depth;
        double v = (a[3] * px + a[4] * py + a[5]) / depth;
        if (u >= 0 && u < image.width() && v >= 0 && v < image.height()) {
          interpolate(image, u - 0.5, v - 0.5, out, (y * image.width() + x) * image.channels());
        }
      }
    }
    return out;
  }

  private static void interpolate(Image image, double u, double v, Image out, int to) {
    int x = (int) Math.floor(u);
    int y = (int) Math.floor(v);
    double dx = u - x;
    double dy = v - y;
    int left = Math.max(0, x);
    int right = Math.min(image.width() - 1, x + 1);
    int upper = Math.max(0, y);
    int lower = Math.min(image.height() - 1, y + 1);
    for (int c = 0; c < image.channels(); c++) {
      double above = mix(image.at(upper, left, c), image.at(upper, right, c), dx);
      double below = mix(image.at(lower, left, c), image.at(lower, right, c), dx);
      out.data()[to + c] = (byte) (int) (above + (below - above) * dy);
    }
  }

  private static double mix(int a, int b, double part) {
    return a + (b - a) * part;
  }
}
