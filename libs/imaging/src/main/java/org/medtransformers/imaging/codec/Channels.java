package org.medtransformers.imaging.codec;

import org.medtransformers.imaging.Image;

/** Grey to colour and back, as PIL's {@code convert} does it. */
public final class Channels {
  private Channels() {}

  /** Luma of ITU-R 601-2 in PIL's 16-bit fixed point. */
  public static int luma(int red, int green, int blue) {
    return (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16;
  }

  /** {@code image} with {@code channels} channels; itself where it has them already. */
  public static Image convert(Image image, int channels) {
    if (image.channels() == channels) {
      return image;
    }
    return channels == 1 ? toGrey(image) : toColour(image);
  }

  private static Image toGrey(Image image) {
    byte[] from = image.data();
    byte[] to = new byte[image.height() * image.width()];
    for (int i = 0, p = 0; i < to.length; i++, p += 3) {
      to[i] = (byte) luma(from[p] & 0xFF, from[p + 1] & 0xFF, from[p + 2] & 0xFF);
    }
    return new Image(to, image.height(), image.width(), 1);
  }

  private static Image toColour(Image image) {
    byte[] from = image.data();
    byte[] to = new byte[from.length * 3];
    for (int i = 0, p = 0; i < from.length; i++, p += 3) {
      to[p] = from[i];
      to[p + 1] = from[i];
      to[p + 2] = from[i];
    }
    return new Image(to, image.height(), image.width(), 3);
  }
}
