package org.medtransformers.plots.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * How one of several things looks: a colour, a shape and dashes, so that who sees no colours, or
 * prints without them, tells things apart all the same.
 *
 * @param colour its place in the palette
 * @param shape its place among the shapes
 * @param dashes likewise among the dashes
 */
public record Mark(int colour, int shape, int dashes) {
  /** Okabe and Ito's colours, which the colour-blind tell apart, those that print best first. */
  private static final int[] PALETTE = {
    0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x7A7A7A
  };

  private static final float[][] DASHES = {null, {9, 5}, {3, 4}, {12, 4, 3, 4}};
  private static final float WIDTH = 2.4f;

  /** Corners from the top on, within a circle of radius 1. */
  private static final double[][] POLYGONS = {
    {0, -1.1, 0.95, 0.75, -0.95, 0.75},
    {0, -1.15, 0.95, 0, 0, 1.15, -0.95, 0},
    {-0.95, -0.75, 0.95, -0.75, 0, 1.1},
    {
      -0.3, -1, 0.3, -1, 0.3, -0.3, 1, -0.3, 1, 0.3, 0.3, 0.3, 0.3, 1, -0.3, 1, -0.3, 0.3, -1, 0.3,
      -1, -0.3, -0.3, -0.3
    },
  };

  /** The look of the thing number {@code i}: no two of the first 28 are alike. */
  public static Mark of(int i) {
    return new Mark(i, i + i / PALETTE.length, i / PALETTE.length);
  }

  /** The same for lines without shapes: the first few differ in their dashes as well. */
  public static Mark dashed(int i) {
    return new Mark(i, i, i);
  }

  /** Beyond the palette, hues by the golden ratio, which keeps neighbours apart. */
  Color color() {
    return colour < PALETTE.length
        ? new Color(PALETTE[colour])
        : Color.getHSBColor((float) (colour * 0.618034), 0.75f, 0.7f);
  }

  /** Centred on (0, 0). */
  Shape shape(double radius) {
    Shape unit =
        switch (shape % (POLYGONS.length + 2)) {
          case 0 -> new Ellipse2D.Double(-1, -1, 2, 2);
          case 1 -> new Rectangle2D.Double(-0.9, -0.9, 1.8, 1.8);
          default -> polygon(POLYGONS[shape % (POLYGONS.length + 2) - 2]);
        };
    return AffineTransform.getScaleInstance(radius, radius).createTransformedShape(unit);
  }

  Stroke stroke() {
    float[] dash = DASHES[dashes % DASHES.length];
    return dash == null
        ? new BasicStroke(WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
        : new BasicStroke(WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  private static Shape polygon(double[] corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
