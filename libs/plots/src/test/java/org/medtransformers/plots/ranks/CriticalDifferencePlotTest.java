package org.medtransformers.plots.ranks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.medtransformers.plots.ranks.CriticalDifferencePlot.Diagram;

class CriticalDifferencePlotTest {
  private static final int BAR = 0x0072B2;

  /** Its ends tell which models it joins: the axis has rank 1 at 294 and rank 4 at 686. */
  @Test
  void aBarReachesFromItsBestToItsWorstModel() throws IOException {
    BufferedImage picture = picture(List.of(List.of(2, 0)));
    int[] columns =
        IntStream.range(0, picture.getWidth())
            .filter(x -> IntStream.range(0, picture.getHeight()).anyMatch(y -> bar(picture, x, y)))
            .toArray();
    double perRank = (686 - 294) / 3.0;
    assertEquals(294 + 0.5 * perRank - 4, columns[0], 2);
    assertEquals(294 + 2 * perRank + 4, columns[columns.length - 1], 2);
  }

  @Test
  void everyBarHasItsOwnHeight() throws IOException {
    BufferedImage picture = picture(List.of(List.of(2, 0), List.of(0, 1)));
    // Rank 3 is in both.
    int column = 294 + 2 * (686 - 294) / 3 + 3;
    long begun =
        IntStream.range(1, picture.getHeight())
            .filter(y -> bar(picture, column, y) && !bar(picture, column, y - 1))
            .count();
    assertEquals(2, begun);
  }

  @Test
  void moreModelsTakeMoreRoomAndLongNamesAreCut() throws IOException {
    byte[] few = CriticalDifferencePlot.png(diagram(4, "a"));
    byte[] many = CriticalDifferencePlot.png(diagram(20, "a".repeat(500)));
    assertTrue(read(many).getHeight() > read(few).getHeight() + 100);
    assertEquals(980, read(many).getWidth());
    assertArrayEquals(few, CriticalDifferencePlot.png(diagram(4, "a")));
  }

  @Test
  void everyModelHasOneRank() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Diagram("", List.of("a", "b"), List.of(1.0), 1, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Diagram("", List.of("a"), List.of(1.0), 1, List.of()));
  }

  private static Diagram diagram(int models, String name) {
    return new Diagram(
        "roc_auc",
        IntStream.range(0, models).mapToObj(m -> name + m).toList(),
        IntStream.range(0, models).mapToObj(m -> m + 1.0).toList(),
        50,
        List.of());
  }

  private static BufferedImage picture(List<List<Integer>> bars) throws IOException {
    return read(
        CriticalDifferencePlot.png(
            new Diagram(
                "roc_auc over 12 data sets",
                List.of("resnet18", "resnet50", "deit_tiny", "deit_small"),
                List.of(3.0, 4.0, 1.5, 1.5),
                1.35,
                bars)));
  }

  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static boolean bar(BufferedImage picture, int x, int y) {
    return (picture.getRGB(x, y) & 0xFFFFFF) == BAR;
  }
}
