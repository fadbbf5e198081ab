package org.medtransformers.imaging.transform;

import org.medtransformers.imaging.Image;

/**
 * torchvision's hue shift: to PIL's 8-bit HSV, the hue byte turned round, and back. The mixture of
 * single and double precision is that of PIL's {@code Convert.c}; it decides single bytes. What
 * depends on two bytes is computed once, for all of their values.
 */
final class Hue {
  private static final int[] SECTOR = new int[256];
  private static final float[] REMAINDER = new float[256];

  /** Saturation, by {@code max << 8 | max - min}. */
  private static final byte[] SATURATION = new byte[1 << 16];

  /** Hue, by which of six orders the channels have, {@code max - min} and {@code max - middle}. */
  private static final byte[] HUE = new byte[6 << 16];

  /** {@code max} of a shifted pixel times 1 - s, by {@code max << 8 | s}. */
  private static final byte[] LEAST = new byte[1 << 16];

  static {
    for (int h = 0; h < 256; h++) {
      SECTOR[h] = (int) Math.floor(h * 6.0 / 255.0);
      REMAINDER[h] = (float) (h * 6.0 / 255.0 - SECTOR[h]);
    }
    for (int max = 1; max < 256; max++) {
      for (int i = 0; i < 256; i++) {
        LEAST[max << 8 | i] = round(max * (1.0 - (float) (i / 255.0)));
        if (i <= max) {
          SATURATION[max << 8 | i] = (byte) (int) ((float) i / max * 255.0);
        }
      }
    }
    for (int range = 1; range < 256; range++) {
      for (int middle = 0; middle <= range; middle++) {
        for (int order = 0; order < 6; order++) {
          HUE[order << 16 | range << 8 | middle] = (byte) hue(order, middle, range);
        }
      }
    }
  }

  private Hue() {}

  /**
   * @param factor part of a full turn, -0.5 to 0.5; a grey image stays as it is
   */
  static Image shifted(Image image, double factor) {
    if (image.channels() == 1) {
      return image;
    }
    int shift = (int) (factor * 255);
    byte[] in = image.data();
    byte[] out = new byte[in.length];
    for (int p = 0; p < in.length; p += 3) {
      shift(in[p] & 0xFF, in[p + 1] & 0xFF, in[p + 2] & 0xFF, shift, out, p);
    }
    return new Image(out, image.height(), image.width(), 3);
  }

  private static void shift(int r, int g, int b, int shift, byte[] out, int p) {
    int max = Math.max(r, Math.max(g, b));
    int min = Math.min(r, Math.min(g, b));
    int range = max - min;
    int saturation = SATURATION[max << 8 | range] & 0xFF;
    if (saturation == 0) {
      put(out, p, (byte) max, (byte) max, (byte) max);
      return;
    }
    int order = r == max ? (b == min ? 0 : 1) : g == max ? (b == min ? 2 : 3) : g == min ? 4 : 5;
    int middle = max - (r + g + b - max - min);
    int hue = HUE[order << 16 | range << 8 | middle] & 0xFF;
    toRgb((hue + shift) & 0xFF, saturation, max, out, p);
  }

  /**
   * @param order 0 red, green, blue from the largest; 1 red, blue, green; 2 green, red, blue; 3
   *     green, blue, red; 4 blue, red, green; 5 blue, green, red
   */
  private static int hue(int order, int middle, float range) {
    float part = middle / range;
    float h =
        switch (order) {
          case 0 -> 1 - part;
          case 1 -> part - 1;
          case 2 -> (float) (2.0 + part - 1f);
          case 3 -> (float) (2.0 + 1f - part);
          case 4 -> (float) (4.0 + 1f - part);
          default -> (float) (4.0 + part - 1f);
        };
    float turn = (float) ((h / 6.0 + 1.0) % 1.0);
    return Math.min(255, (int) (turn * 255.0));
  }

  private static void toRgb(int hue, int saturation, int v, byte[] out, int at) {
    float f = REMAINDER[hue];
    float s = (float) (saturation / 255.0);
    byte p = LEAST[v << 8 | saturation];
    byte value = (byte) v;
    int sector = SECTOR[hue];
    byte between = round(v * (1.0 - ((sector & 1) == 1 ? s * f : s * (1.0 - f))));
    switch (sector) {
      case 1 -> put(out, at, between, value, p);
      case 2 -> put(out, at, p, value, between);
      case 3 -> put(out, at, p, between, value);
      case 4 -> put(out, at, between, p, value);
      case 5 -> put(out, at, value, p, between);
      default -> put(out, at, value, between, p);
    }
  }

  /** {@code value} is 0 to 255. */
  private static byte round(double value) {
    return (byte) (int) (value + 0.5);
  }

  private static void put(byte[] out, int at, byte r, byte g, byte b) {
    out[at] = r;
    out[at + 1] = g;
    out[at + 2] = b;
  }
}
