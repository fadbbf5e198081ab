package org.medtransformers.plots.attention;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.medtransformers.plots.Png;
import org.medtransformers.plots.Texts;

/**
 * An image, and beside it the same with a heat map over it: the more a part matters, the less of
 * the image is seen through its colour, from purple to yellow.
 */
public final class Overlay {
  private static final int GAP = 8;
  private static final int LINE = 18;

  /** Smaller images are enlarged to about this side, or nobody could see anything. */
  private static final int SIDE = 256;

  private static final double OPACITY = 0.7;

  /** Of the colour map "viridis": no fundus, skin or grey image has such colours. */
  private static final int[] COLOURS = {0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725};

  private Overlay() {}

  /**
   * The picture.
   *
   * @param caption lines below it
   */
  public static byte[] png(BufferedImage image, HeatMap map, List<String> caption) {
    int scale = Math.max(1, SIDE / Math.max(image.getWidth(), image.getHeight()));
    int width = image.getWidth() * scale;
    int height = image.getHeight() * scale;
    BufferedImage picture =
        new BufferedImage(
            2 * width + GAP, height + GAP + caption.size() * LINE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.drawImage(image, width + GAP, 0, width, height, null);
    write(graphics, caption, height + LINE, picture.getWidth() - GAP);
    graphics.dispose();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = width + GAP + x;
        picture.setRGB(at, y, blended(picture.getRGB(at, y), map.at(y, x, height, width)));
      }
    }
    return Png.encode(picture);
  }

  private static void write(Graphics2D graphics, List<String> lines, int top, int width) {
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    for (int i = 0; i < lines.size(); i++) {
      graphics.drawString(
          Texts.fitting(lines.get(i), graphics.getFontMetrics(), width), GAP / 2, top + i * LINE);
    }
  }

  private static int blended(int rgb, double heat) {
    int colour = colour(heat);
    double share = OPACITY * heat;
    int blended = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double channel = (1 - share) * (rgb >> shift & 0xFF) + share * (colour >> shift & 0xFF);
      blended |= (int) Math.rint(channel) << shift;
    }
    return blended;
  }

  private static int colour(double heat) {
    double at = heat * (COLOURS.length - 1);
    int from = (int) Math.min(at, COLOURS.length - 2);
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int low = COLOURS[from] >> shift & 0xFF;
      int high = COLOURS[from + 1] >> shift & 0xFF;
      colour |= (int) Math.rint(low + (high - low) * (at - from)) << shift;
    }
    return colour;
  }
}
