package org.medtransformers.plots.embedding;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.plots.Png;
import org.medtransformers.plots.Texts;
import org.medtransformers.plots.embedding.EmbeddingMap.Point;

/**
 * A map of embeddings as a picture: colours are classes, shapes are splits. Nothing is written at
 * the axes, since the coordinates of UMAP mean nothing by themselves.
 */
public final class EmbeddingPlot {
  private static final int SIDE = 720;
  private static final int LEGEND = 260;
  private static final int HEADING = 44;
  private static final int MARGIN = 24;
  private static final int LINE = 22;

  /** Okabe and Ito's colours, which the colour-blind tell apart, without black. */
  private static final int[] PALETTE = {
    0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0x56B4E9, 0xCC79A7, 0xF0E442
  };

  private final EmbeddingMap map;
  private final Frame frame;
  private final BufferedImage picture =
      new BufferedImage(SIDE + LEGEND, HEADING + SIDE, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D graphics = picture.createGraphics();

  private EmbeddingPlot(EmbeddingMap map) {
    this.map = map;
    this.frame = Frame.around(map.points());
  }

  /**
   * A picture of 980 × 764 pixels.
   *
   * @param title of the model
   */
  public static byte[] png(EmbeddingMap map, String title) {
    EmbeddingPlot plot = new EmbeddingPlot(map);
    try {
      plot.draw(title);
    } finally {
      plot.graphics.dispose();
    }
    return Png.encode(plot.picture);
  }

  private void draw(String title) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    graphics.drawString(heading(title), MARGIN, 28);
    graphics.setColor(Color.LIGHT_GRAY);
    graphics.drawRect(MARGIN, HEADING, SIDE - 2 * MARGIN, SIDE - MARGIN);
    // The training images are many and lie below the others.
    for (Split split : Split.values()) {
      map.points().stream().filter(p -> p.split() == split).forEach(this::draw);
    }
    legend();
  }

  private String heading(String title) {
    String shown =
        map.points().size() == map.images()
            ? "%d images".formatted(map.images())
            : "%d of %d images".formatted(map.points().size(), map.images());
    return "UMAP of embeddings: %s, %s%s, %s"
        .formatted(title, map.dataset(), map.synthetic() ? " (synthetic images)" : "", shown);
  }

  private void draw(Point point) {
    double x = MARGIN + frame.unit(point.x(), frame.middleX()) * (SIDE - 2 * MARGIN);
    double y = HEADING + frame.unit(point.y(), frame.middleY()) * (SIDE - MARGIN);
    Color colour = point.labels().size() == 1 ? colour(point.labels().get(0)) : Color.GRAY;
    mark(point.split(), x, y, colour);
  }

  /** What of the plane is shown: a square around all points. */
  private record Frame(double middleX, double middleY, double side) {
    static Frame around(List<Point> points) {
      DoubleSummaryStatistics x = points.stream().mapToDouble(Point::x).summaryStatistics();
      DoubleSummaryStatistics y = points.stream().mapToDouble(Point::y).summaryStatistics();
      double extent = Math.max(x.getMax() - x.getMin(), y.getMax() - y.getMin());
      return new Frame(
          (x.getMin() + x.getMax()) / 2,
          (y.getMin() + y.getMax()) / 2,
          Math.max(extent, Double.MIN_NORMAL) / 0.94);
    }

    /** 0 at one edge, 1 at the other. */
    double unit(double coordinate, double middle) {
      return 0.5 + (coordinate - middle) / side;
    }
  }

  private void mark(Split split, double x, double y, Color colour) {
    Shape shape =
        switch (split) {
          case TRAIN -> new Ellipse2D.Double(x - 3, y - 3, 6, 6);
          case VAL -> triangle(x, y, 5.5);
          case TEST -> new Rectangle2D.Double(x - 4, y - 4, 8, 8);
        };
    int alpha = split == Split.TRAIN ? 0x99 : 0xFF;
    graphics.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha));
    graphics.fill(shape);
    if (split != Split.TRAIN) {
      graphics.setColor(Color.BLACK);
      graphics.setStroke(new BasicStroke(0.8f));
      graphics.draw(shape);
    }
  }

  private static Shape triangle(double x, double y, double size) {
    Path2D path = new Path2D.Double();
    path.moveTo(x, y - size);
    path.lineTo(x + size, y + size);
    path.lineTo(x - size, y + size);
    path.closePath();
    return path;
  }

  private void legend() {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    int line = 0;
    for (int c = 0; c < map.classes().size() && line < (SIDE / LINE) - 6; c++) {
      entry(line++, Split.TEST, colour(c), map.classes().get(c));
    }
    if (map.points().stream().anyMatch(p -> p.labels().size() != 1)) {
      entry(line++, Split.TEST, Color.GRAY, "none or several");
    }
    line++;
    for (Split split : present()) {
      long count = map.points().stream().filter(p -> p.split() == split).count();
      entry(line++, split, Color.WHITE, "%s (%d)".formatted(split.label(), count));
    }
  }

  private List<Split> present() {
    List<Split> present = new ArrayList<>(List.of(Split.values()));
    present.removeIf(s -> map.points().stream().noneMatch(p -> p.split() == s));
    return present;
  }

  private void entry(int line, Split shape, Color colour, String text) {
    int y = HEADING + 16 + line * LINE;
    mark(shape, SIDE + 8, y, colour);
    if (shape == Split.TRAIN) {
      graphics.setColor(Color.BLACK);
      graphics.draw(new Ellipse2D.Double(SIDE + 5, y - 3, 6, 6));
    }
    graphics.setColor(Color.BLACK);
    graphics.drawString(
        Texts.fitting(text, graphics.getFontMetrics(), LEGEND - 34), SIDE + 24, y + 5);
  }

  /** Beyond the palette, hues by the golden ratio, which keeps neighbours apart. */
  private static Color colour(int label) {
    return label < PALETTE.length
        ? new Color(PALETTE[label])
        : Color.getHSBColor((float) (label * 0.618034), 0.75f, 0.7f);
  }
}
