package org.medtransformers.imaging.batch;

import java.nio.ByteBuffer;
import org.medtransformers.imaging.Image;

/** From pixel after pixel, as images lie in memory, to channel after channel, as networks see. */
final class Planes {
  private Planes() {}

  /** Writes {@code image} to {@code out}, which lies in an array, as [channels, height, width]. */
  static void split(Image image, ByteBuffer out) {
    byte[] data = image.data();
    if (image.channels() == 1) {
      out.put(data);
      return;
    }
    byte[] planes = out.array();
    int plane = image.height() * image.width();
    int red = out.arrayOffset() + out.position();
    int green = red + plane;
    int blue = green + plane;
    for (int i = 0, p = 0; i < plane; i++, p += 3) {
      planes[red + i] = data[p];
      planes[green + i] = data[p + 1];
      planes[blue + i] = data[p + 2];
    }
  }
}
