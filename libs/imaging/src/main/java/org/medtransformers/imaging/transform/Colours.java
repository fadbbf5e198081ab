package org.medtransformers.imaging.transform;

import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.Channels;

/** PIL's {@code ImageEnhance} and torchvision's hue shift on bytes. */
final class Colours {
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
    for (int p = 0; p < in.length; p += 3) {
      int luma = Channels.luma(in[p] & 0xFF, in[p + 1] & 0xFF, in[p + 2] & 0xFF);
      for (int c = p; c < p + 3; c++) {
        out[c] = blend(luma, in[c] & 0xFF, (float) factor);
      }
    }
    return new Image(out, image.height(), image.width(), 3);
  }

  /** Three times the luma, or the image itself where it is grey. */
  static Image grey(Image image) {
    return Channels.convert(Channels.convert(image, 1), image.channels());
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
    Image grey = Channels.convert(image, 1);
    long sum = 0;
    for (byte value : grey.data()) {
      sum += value & 0xFF;
    }
    return (int) ((double) sum / grey.data().length + 0.5);
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
    return (byte) Math.max(0, Math.min(255, (int) value));
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
