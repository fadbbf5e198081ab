package org.medtransformers.imaging;

import java.util.Arrays;

/**
 * Pixels as unsigned bytes in the order [height, width, channels]; 1 channel is grey, 3 are red,
 * green and blue. The array is shared, not copied: whoever is handed an image must not write to it.
 */
public final class Image {
  private final byte[] data;
  private final int height;
  private final int width;
  private final int channels;

  /**
   * @param data {@code height * width * channels} bytes, kept
   */
  public Image(byte[] data, int height, int width, int channels) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("an image has 1 or 3 channels, not " + channels);
    }
    if (data.length != (long) height * width * channels) {
      throw new IllegalArgumentException(
          "%d bytes cannot be an image of %d x %d x %d"
              .formatted(data.length, height, width, channels));
    }
    this.data = data;
    this.height = height;
    this.width = width;
    this.channels = channels;
  }

  /** A black image. */
  public static Image black(int height, int width, int channels) {
    return new Image(
        new byte[Math.multiplyExact(Math.multiplyExact(height, width), channels)],
        height,
        width,
        channels);
  }

  /** The pixels themselves; do not write. */
  public byte[] data() {
    return data;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  public int channels() {
    return channels;
  }

  /** The value, 0 to 255, of one channel of one pixel. */
  public int at(int row, int column, int channel) {
    return data[(row * width + column) * channels + channel] & 0xFF;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Image image
        && height == image.height
        && width == image.width
        && channels == image.channels
        && Arrays.equals(data, image.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "Image[%d x %d x %d]".formatted(height, width, channels);
  }
}
