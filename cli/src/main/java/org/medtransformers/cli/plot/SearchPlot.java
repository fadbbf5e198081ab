package org.medtransformers.cli.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.Function;
import org.knowm.xchart.BitmapEncoder;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.LearningRateSearch.Point;
import org.medtransformers.plots.Png;

/**
 * One search for the learning rate: on the left the target metric, on the right the loss, both of
 * the validation split over the learning rate on a logarithmic axis.
 */
final class SearchPlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 500;
  private static final int HEADING = 44;

  private SearchPlot() {}

  /** A picture of 1520 × 544 pixels. */
  static byte[] png(LearningRateSearch search) {
    String metric = search.metric() == null ? "target metric" : search.metric();
    BufferedImage picture =
        new BufferedImage(2 * WIDTH, HEADING + HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    heading(graphics, search);
    graphics.drawImage(
        panel(search, metric, Point::metric, search.bestByMetric(), false), 0, HEADING, null);
    graphics.drawImage(
        panel(search, "loss", Point::loss, search.bestByLoss(), true), WIDTH, HEADING, null);
    graphics.dispose();
    return Png.encode(picture);
  }

  private static void heading(Graphics2D graphics, LearningRateSearch search) {
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
    graphics.drawString(
        "%s%s, %s, %s, repetition %d: learning rates tried"
            .formatted(
                search.dataset(),
                search.synthetic() ? " (synthetic images)" : "",
                search.backbone(),
                search.initialisation(),
                search.repetition() + 1),
        20,
        30);
  }

  private static BufferedImage panel(
      LearningRateSearch search,
      String name,
      Function<Point, Double> value,
      Point best,
      boolean smallerIsBetter) {
    return BitmapEncoder.getBufferedImage(
        new SearchPanel(search.points(), name, value, best, smallerIsBetter).chart(WIDTH, HEIGHT));
  }
}
