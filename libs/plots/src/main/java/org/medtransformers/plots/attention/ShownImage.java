package org.medtransformers.plots.attention;

import java.awt.image.BufferedImage;
import java.util.List;

/** Images as a network sees them, made visible again. */
public final class ShownImage {
  private ShownImage() {}

  /**
   * A picture of what was given to a network.
   *
   * @param view [channels, height, width], grey or red, green and blue
   * @param mean per channel, taken off pixels in [0, 1]; zeros where none was
   * @param std per channel, that they were divided by; ones likewise
   */
  public static BufferedImage of(
      float[] view, int height, int width, List<Double> mean, List<Double> std) {
    int plane = height * width;
    int channels = view.length / plane;
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        int channel = Math.min(c, channels - 1);
        double unit = view[channel * plane + i] * std.get(channel) + mean.get(channel);
        rgb = rgb << 8 | (int) Math.max(0, Math.min(255, Math.rint(255 * unit)));
      }
      picture.setRGB(i % width, i / width, rgb);
    }
    return picture;
  }
}
