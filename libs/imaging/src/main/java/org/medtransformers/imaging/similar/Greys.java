package org.medtransformers.imaging.similar;

import java.util.Arrays;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.Channels;
import org.medtransformers.imaging.transform.Operation;

/**
 * A picture as a small square of greys. Large ones are first reduced by whole numbers, as PIL's
 * {@code reduce} does, since a look is taken of every image that is decoded; then resized as by
 * PIL, bilinear.
 */
final class Greys {
  /** Pixels that reducing leaves for each that is made, each way; fewer would be seen. */
  private static final int GAP = 4;

  private Greys() {}

  /** [side, side, 1]; what does not fill a whole block on the right and below is left out. */
  static Image square(Image image, int side) {
    int across = Math.max(1, image.width() / (GAP * side));
    int down = Math.max(1, image.height() / (GAP * side));
    Image reduced = across == 1 && down == 1 ? image : reduced(image, down, across);
    return new Operation.Resize(side, side).apply(Channels.convert(reduced, 1));
  }

  private static Image reduced(Image image, int down, int across) {
    int height = image.height() / down;
    int[] sums = new int[image.width() / across * image.channels()];
    byte[] means = new byte[height * sums.length];
    int block = down * across;
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, block / 2);
      for (int row = y * down; row < (y + 1) * down; row++) {
        addRow(image, row, across, sums);
      }
      for (int i = 0; i < sums.length; i++) {
        means[y * sums.length + i] = (byte) (sums[i] / block);
      }
    }
    return new Image(means, height, image.width() / across, image.channels());
  }

  private static void addRow(Image image, int row, int across, int[] sums) {
    byte[] data = image.data();
    int channels = image.channels();
    int stride = across * channels;
    int start = row * image.width() * channels;
    for (int c = 0; c < channels; c++) {
      for (int i = c, p = start + c; i < sums.length; i += channels) {
        int sum = 0;
        for (int end = p + stride; p < end; p += channels) {
          sum += data[p] & 0xFF;
        }
        sums[i] += sum;
      }
    }
  }
}
