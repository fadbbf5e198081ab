package org.medtransformers.cli.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.LabelEfficiency.Curve;
import org.medtransformers.contracts.result.LabelEfficiency.Point;

class LabelEfficiencyPlotTest {
  private static Point point(double fraction, Double median, Double std) {
    return new Point(
        fraction, 100 * fraction, median == null ? null : new Cell(median, std, 2, 2, List.of()));
  }

  private static Curve curve(String model, Point... points) {
    return new Curve("random", model, List.of(points));
  }

  private static BufferedImage draw(Curve... curves) throws IOException {
    byte[] png =
        LabelEfficiencyPlot.png(
            new LabelEfficiency("APTOS2019", true, "cohen_kappa", List.of(curves)));
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  /** Pixels that two pictures do not share. */
  private static long differing(BufferedImage one, BufferedImage other) {
    int[] first = one.getRGB(0, 0, one.getWidth(), one.getHeight(), null, 0, one.getWidth());
    int[] second = other.getRGB(0, 0, one.getWidth(), one.getHeight(), null, 0, one.getWidth());
    return Arrays.mismatch(first, second) < 0
        ? 0
        : IntStream.range(0, first.length).filter(i -> first[i] != second[i]).count();
  }

  @Test
  void medianAndSpreadOfEveryFractionAreShown() throws IOException {
    Point low = point(0.1, 0.4, 0.05);
    BufferedImage picture = draw(curve("resnet18", low, point(1, 0.8, 0.01)));
    assertEquals(900, picture.getWidth());
    assertEquals(640, picture.getHeight());
    assertTrue(
        differing(picture, draw(curve("resnet18", low, point(1, 0.8, 0.1)))) > 20, "the spread");
    assertTrue(
        differing(picture, draw(curve("resnet18", low, point(1, 0.6, 0.01)))) > 20, "the median");
    assertTrue(
        differing(
                picture,
                draw(
                    curve("resnet18", low, point(1, 0.8, 0.01)),
                    curve("deit_tiny", low, point(1, 0.5, 0.01))))
            > 100,
        "another model");
  }

  @Test
  void whatIsMissingCanBeDrawn() throws IOException {
    draw(curve("resnet18", point(0.1, null, null), point(1, 0.8, null)));
    draw(curve("resnet18", point(0.002, Double.NaN, Double.NaN), point(0.5, -0.1, 0.2)));
    draw(curve("resnet18", point(0.1, null, null), point(1, null, null)));
    draw(
        curve("a", point(0.01, 0.1, 0.0), point(0.1, null, null), point(1, 0.9, 0.1)),
        curve("b", point(0.01, null, null), point(0.1, 0.4, null), point(1, 0.4, 0.0)));
  }
}
