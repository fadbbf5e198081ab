package org.medtransformers.cli.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.command.Samples;
import org.medtransformers.contracts.result.LearningRateSearch.Point;

class SearchPlotTest {
  private static final int BEST = 0x2CA02C;
  private static final int DIVERGED = 0xD62728;

  private static BufferedImage draw(Point... points) throws IOException {
    byte[] png = SearchPlot.png(Samples.search(points).searches().get(0));
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static boolean shows(BufferedImage picture, int color) {
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        if ((picture.getRGB(x, y) & 0xFFFFFF) == color) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void theBestAndWhatDivergedAreMarked() throws IOException {
    BufferedImage picture =
        draw(
            Samples.point(1e-4, 0.25, 1.5, null),
            Samples.point(1e-3, 0.75, 1.75, null),
            Samples.point(1e-2, null, null, Samples.diverged()));
    assertEquals(544, picture.getHeight());
    assertTrue(shows(picture, BEST));
    assertTrue(shows(picture, DIVERGED));
  }

  @Test
  void nothingIsMarkedDivergedThatIsNot() throws IOException {
    BufferedImage picture = draw(Samples.point(1e-4, 0.25, 1.5, null));
    assertTrue(shows(picture, BEST));
    assertFalse(shows(picture, DIVERGED));
  }

  @Test
  void valuesOfAnySizeCanBeDrawn() throws IOException {
    draw(Samples.point(1e-4, -0.1, 1.5, null), Samples.point(1e-3, 0.0, 1e30, null));
    draw(
        Samples.point(3e-5, Double.NaN, Double.NaN, null),
        Samples.point(7e-5, 0.5, Double.POSITIVE_INFINITY, null));
    draw(Samples.point(2e-3, 0.0, 0.0, null));
  }

  @Test
  void whereEverythingDivergedNothingIsBest() throws IOException {
    BufferedImage picture = draw(Samples.point(10, null, null, Samples.diverged()));
    assertFalse(shows(picture, BEST));
    assertTrue(shows(picture, DIVERGED));
  }
}
