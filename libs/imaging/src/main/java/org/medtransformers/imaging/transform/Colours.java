package org.medtransformers.imaging.transform;

import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.Channels;

/** PIL's {@code ImageEnhance} and torchvision's hue shift on bytes. */
final class Colours {
  /** Sums up to 255 lie no more than 2^-16 apart in single precision. */
  private static final double LARGEST_PART = 1 - 0x1p-16;

  private Colours() {}

  static Image brightness(Image image, double factor) {
    return mapped(image, blendTable(0, (float) factor));
  }

  /** Towards or away from the mean luma of the whole image. */
  static Image contrast(Image image, double factor) {
    return mapped(image, blendTable(meanLuma(image), (float) factor));
  }

  /** Towards or away from each pixel's own luma; a grey image stays as it is. */
  static Image saturation(Image image, double factor) {
    if (image.channels() == 1) {
      return image;
    }
    byte[] in = image.data();
    byte[] out = new byte[in.length];
    int[] steps = blendSteps((float) factor);
    if (steps.length == 0) {
      blendExactly(in, out, (float) factor);
      return new Image(out, image.height(), image.width(), 3);
    }
    for (int p = 0; p < in.length; p += 3) {
      int r = in[p] & 0xFF;
      int g = in[p + 1] & 0xFF;
      int b = in[p + 2] & 0xFF;
      int luma = Channels.luma(r, g, b);
      out[p] = clip(luma + steps[r - luma + 255]);
      out[p + 1] = clip(luma + steps[g - luma + 255]);
      out[p + 2] = clip(luma + steps[b - luma + 255]);
    }
    return new Image(out, image.height(), image.width(), 3);
  }

  private static void blendExactly(byte[] in, byte[] out, float factor) {
    for (int p = 0; p < in.length; p += 3) {
      int luma = Channels.luma(in[p] & 0xFF, in[p + 1] & 0xFF, in[p + 2] & 0xFF);
      for (int c = p; c < p + 3; c++) {
        out[c] = blend(luma, in[c] & 0xFF, factor);
      }
    }
  }

  /**
   * By {@code to - from + 255}, the whole number that {@link #blend} adds to {@code from}. Empty
   * where it is not one: a part so close below the next whole number that the sum of some {@code
   * from} is rounded up to it, and that of others is not.
   */
  private static int[] blendSteps(float factor) {
    int[] steps = new int[511];
    for (int i = 0; i < steps.length; i++) {
      float part = factor * (i - 255);
      double whole = Math.floor(part);
      if (part - whole > LARGEST_PART) {
        return new int[0];
      }
      steps[i] = (int) whole;
    }
    return steps;
  }

  /** Three times the luma, or the image itself where it is grey. */
  static Image grey(Image image) {
    if (image.channels() == 1) {
      return image;
    }
    byte[] in = image.data();
    byte[] out = new byte[in.length];
    for (int p = 0; p < in.length; p += 3) {
      byte luma = (byte) Channels.luma(in[p] & 0xFF, in[p + 1] & 0xFF, in[p + 2] & 0xFF);
      out[p] = luma;
      out[p + 1] = luma;
      out[p + 2] = luma;
    }
    return new Image(out, image.height(), image.width(), 3);
  }

  /** Inverts what is at or above {@code threshold}. */
  static Image solarised(Image image, int threshold) {
    byte[] table = new byte[256];
    for (int i = 0; i < 256; i++) {
      table[i] = (byte) (i < threshold ? i : 255 - i);
    }
    return mapped(image, table);
  }

  private static int meanLuma(Image image) {
    byte[] data = image.data();
    long sum = 0;
    if (image.channels() == 1) {
      for (byte value : data) {
        sum += value & 0xFF;
      }
    } else {
      for (int p = 0; p < data.length; p += 3) {
        sum += Channels.luma(data[p] & 0xFF, data[p + 1] & 0xFF, data[p + 2] & 0xFF);
      }
    }
    int pixels = image.height() * image.width();
    return (int) ((double) sum / pixels + 0.5);
  }

  private static byte[] blendTable(int from, float factor) {
    byte[] table = new byte[256];
    for (int i = 0; i < 256; i++) {
      table[i] = blend(from, i, factor);
    }
    return table;
  }

  /** {@code Image.blend}: in single precision, cut off and not rounded. */
  private static byte blend(int from, int to, float factor) {
    float value = from + factor * (to - from);
    return clip((int) value);
  }

  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  private static Image mapped(Image image, byte[] table) {
    byte[] in = image.data();
    byte[] out = new byte[in.length];
    for (int i = 0; i < in.length; i++) {
      out[i] = table[in[i] & 0xFF];
    }
    return new Image(out, image.height(), image.width(), image.channels());
  }
}
