package org.medtransformers.plots.ranks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.medtransformers.plots.Png;
import org.medtransformers.plots.Texts;

/**
 * A critical difference diagram: models at their mean ranks, the best on the left, with a bar over
 * those that cannot be told apart.
 *
 * <p>Demšar, Statistical comparisons of classifiers over multiple data sets, 2006, figure 1.
 */
public final class CriticalDifferencePlot {
  private static final int WIDTH = 980;
  private static final int NAMES = 270;
  private static final int MARGIN = 24;
  private static final int AXIS = 104;
  private static final int BAR = 11;
  private static final int LINE = 26;
  private static final int BARS = 0x0072B2;

  private final Diagram diagram;
  private final BufferedImage picture;
  private final Graphics2D graphics;

  /**
   * What is shown.
   *
   * @param title such as the metric and the number of data sets
   * @param models names, two or more
   * @param meanRanks one per model, from 1 to the number of models
   * @param criticalDifference mean ranks that lie further apart differ
   * @param indistinguishable sets of models that do not differ, by their numbers
   */
  public record Diagram(
      String title,
      List<String> models,
      List<Double> meanRanks,
      double criticalDifference,
      List<List<Integer>> indistinguishable) {
    public Diagram {
      if (models.size() != meanRanks.size() || models.size() < 2) {
        throw new IllegalArgumentException(
            "found %d models and %d ranks, allowed: as many, two at least"
                .formatted(models.size(), meanRanks.size()));
      }
    }

    private List<Integer> bestFirst() {
      return IntStream.range(0, models.size())
          .boxed()
          .sorted(Comparator.comparing(meanRanks::get))
          .toList();
    }
  }

  private CriticalDifferencePlot(Diagram diagram) {
    this.diagram = diagram;
    int lines = (diagram.models().size() + 1) / 2;
    int height = firstLine() + lines * LINE + MARGIN;
    this.picture = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    this.graphics = picture.createGraphics();
  }

  /** A picture 980 pixels wide, as high as it takes. */
  public static byte[] png(Diagram diagram) {
    CriticalDifferencePlot plot = new CriticalDifferencePlot(diagram);
    try {
      plot.draw();
    } finally {
      plot.graphics.dispose();
    }
    return Png.encode(plot.picture);
  }

  /** Where names begin, below the bars. */
  private int firstLine() {
    return AXIS + BAR * (diagram.indistinguishable().size() + 1) + LINE;
  }

  private void draw() {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.drawString(Texts.fitting(diagram.title(), metrics, WIDTH - 2 * MARGIN), MARGIN, 28);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    axis();
    criticalDifference();
    models();
    bars();
  }

  private void axis() {
    graphics.setStroke(new BasicStroke(1.5f));
    line(x(1), AXIS, x(diagram.models().size()), AXIS);
    for (int rank = 1; rank <= diagram.models().size(); rank++) {
      line(x(rank), AXIS - 6, x(rank), AXIS);
      centred(Integer.toString(rank), x(rank), AXIS - 10);
    }
  }

  /** As a length along the axis, cut off where it is longer. */
  private void criticalDifference() {
    double end = Math.min(x(1 + diagram.criticalDifference()), WIDTH - MARGIN);
    double y = AXIS - 44;
    graphics.setStroke(new BasicStroke(1.5f));
    line(x(1), y, end, y);
    line(x(1), y - 4, x(1), y + 4);
    line(end, y - 4, end, y + 4);
    graphics.drawString(
        String.format(Locale.ROOT, "critical difference %.2f", diagram.criticalDifference()),
        (float) x(1),
        (float) y - 8);
  }

  /** The better half has its names on the left, the others on the right, the outermost on top. */
  private void models() {
    List<Integer> order = diagram.bestFirst();
    int left = (order.size() + 1) / 2;
    graphics.setStroke(new BasicStroke(1));
    for (int i = 0; i < order.size(); i++) {
      boolean better = i < left;
      int y = firstLine() + LINE * (better ? i : order.size() - 1 - i);
      double x = x(diagram.meanRanks().get(order.get(i)));
      double edge = better ? NAMES : WIDTH - NAMES;
      line(x, AXIS, x, y);
      line(x, y, edge, y);
      name(order.get(i), better, y);
    }
  }

  private void name(int model, boolean better, int y) {
    FontMetrics metrics = graphics.getFontMetrics();
    String rank = String.format(Locale.ROOT, "%.2f", diagram.meanRanks().get(model));
    int room = NAMES - MARGIN - 8 - metrics.stringWidth(rank + "  ");
    String name = Texts.fitting(diagram.models().get(model), metrics, room);
    String text = better ? name + "  " + rank : rank + "  " + name;
    int x = better ? NAMES - 6 - metrics.stringWidth(text) : WIDTH - NAMES + 6;
    graphics.drawString(text, x, y + 5);
  }

  private void bars() {
    graphics.setColor(new Color(BARS));
    graphics.setStroke(new BasicStroke(4, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    for (int i = 0; i < diagram.indistinguishable().size(); i++) {
      List<Double> ranks =
          diagram.indistinguishable().get(i).stream().map(diagram.meanRanks()::get).toList();
      double y = AXIS + (double) BAR * (i + 1);
      line(
          x(ranks.stream().min(Comparator.naturalOrder()).orElseThrow()) - 4,
          y,
          x(ranks.stream().max(Comparator.naturalOrder()).orElseThrow()) + 4,
          y);
    }
  }

  private double x(double rank) {
    double share = (rank - 1) / (diagram.models().size() - 1);
    int edge = NAMES + MARGIN;
    return edge + share * (WIDTH - 2 * edge);
  }

  private void line(double fromX, double fromY, double toX, double toY) {
    graphics.draw(new Line2D.Double(fromX, fromY, toX, toY));
  }

  private void centred(String text, double x, int y) {
    graphics.drawString(text, (float) x - graphics.getFontMetrics().stringWidth(text) / 2f, y);
  }
}
