package org.medtransformers.imaging.transform;

import org.medtransformers.imaging.Image;

/**
 * torchvision's hue shift: to PIL's 8-bit HSV, the hue byte turned round, and back. The mixture of
 * single and double precision is that of PIL's {@code Convert.c}; it decides single bytes.
 */
final class Hue {
  private static final int[] SECTOR = new int[256];
  private static final float[] REMAINDER = new float[256];

  static {
    for (int h = 0; h < 256; h++) {
      SECTOR[h] = (int) Math.floor(h * 6.0 / 255.0);
      REMAINDER[h] = (float) (h * 6.0 / 255.0 - SECTOR[h]);
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
    int saturation = max == min ? 0 : (int) ((float) (max - min) / max * 255.0);
    if (saturation == 0) {
      out[p] = (byte) max;
      out[p + 1] = (byte) max;
      out[p + 2] = (byte) max;
      return;
    }
    toRgb((hue(r, g, b, max, max - min) + shift) & 0xFF, saturation, max, out, p);
  }

  private static int hue(int r, int g, int b, int max, float range) {
    float fromRed = (max - r) / range;
    float fromGreen = (max - g) / range;
    float fromBlue = (max - b) / range;
    float h;
    if (r == max) {
      h = fromBlue - fromGreen;
    } else if (g == max) {
      h = (float) (2.0 + fromRed - fromBlue);
    } else {
      h = (float) (4.0 + fromGreen - fromRed);
    }
    float turn = (float) ((h / 6.0 + 1.0) % 1.0);
    return Math.min(255, (int) (turn * 255.0));
  }

  private static void toRgb(int hue, int saturation, int v, byte[] out, int at) {
    float f = REMAINDER[hue];
    float s = (float) (saturation / 255.0);
    byte p = round(v * (1.0 - s));
    byte q = round(v * (1.0 - s * f));
    byte t = round(v * (1.0 - s * (1.0 - f)));
    byte value = (byte) v;
    switch (SECTOR[hue] % 6) {
      case 0 -> put(out, at, value, t, p);
      case 1 -> put(out, at, q, value, p);
      case 2 -> put(out, at, p, value, t);
      case 3 -> put(out, at, p, q, value);
      case 4 -> put(out, at, t, p, value);
      default -> put(out, at, value, p, q);
    }
  }

  private static byte round(double value) {
    return (byte) Math.max(0, Math.min(255, (int) (value + 0.5)));
  }

  private static void put(byte[] out, int at, byte r, byte g, byte b) {
    out[at] = r;
    out[at + 1] = g;
    out[at + 2] = b;
  }
}
