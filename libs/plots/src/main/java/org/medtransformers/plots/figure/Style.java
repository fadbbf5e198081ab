package org.medtransformers.plots.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;

/** The one look of all figures: 640 wide, it can be read where it is printed 8 cm wide. */
final class Style {
  static final int WIDTH = 640;
  static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 17);
  static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 18);
  static final Color FAINT = new Color(0xC8C8C8);
  static final Color GRID = new Color(0xE6E6E6);
  static final Stroke THIN = new BasicStroke(1.2f);
  static final Stroke DASHED =
      new BasicStroke(
          1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 5}, 0);
  static final double RADIUS = 5.5;

  private Style() {}
}
