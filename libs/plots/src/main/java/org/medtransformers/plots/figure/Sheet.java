package org.medtransformers.plots.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jfree.chart.text.TextUtils;
import org.medtransformers.plots.Png;

/** Where panels lie: one alone, several in two columns. */
record Sheet(List<Panel> panels) {
  private static final double PIXELS = 1.5;

  int width() {
    return Style.WIDTH * Math.min(2, panels.size());
  }

  int height() {
    int height = 0;
    for (int i = 0; i < panels.size(); i += 2) {
      height += rowHeight(i);
    }
    return height;
  }

  private int rowHeight(int first) {
    int left = panels.get(first).height();
    return first + 1 < panels.size() ? Math.max(left, panels.get(first + 1).height()) : left;
  }

  void draw(Graphics2D graphics) {
    // Else text that stands upright is drawn as outlines, which nobody can search or read aloud.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
    double y = 0;
    for (int i = 0; i < panels.size(); i++) {
      Panel panel = panels.get(i);
      double x = (i % 2) * (double) Style.WIDTH;
      panel.chart().draw(graphics, new Rectangle2D.Double(x, y, Style.WIDTH, panel.height()));
      y += i % 2 == 1 ? rowHeight(i - 1) : 0;
    }
  }

  byte[] png() {
    BufferedImage picture =
        new BufferedImage(
            (int) (width() * PIXELS), (int) (height() * PIXELS), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
      graphics.scale(PIXELS, PIXELS);
      draw(graphics);
    } finally {
      graphics.dispose();
    }
    return Png.encode(picture);
  }
}
