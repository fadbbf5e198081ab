package org.medtransformers.plots.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class OverlayTest {
  @Test
  void aMapIsEnlargedAsPyTorchInterpolates() {
    HeatMap map = new HeatMap(new float[] {0, 1, 2, 4}, 2, 2);
    // F.interpolate(torch.tensor([[[[0., 1.], [2., 4.]]]]), size=(4, 4), mode="bilinear") / 4
    double[][] expected = {
      {0, 0.25, 0.75, 1}, {0.5, 0.8125, 1.4375, 1.75}, {1.5, 1.9375, 2.8125, 3.25}, {2, 2.5, 3.5, 4}
    };
    for (int row = 0; row < 4; row++) {
      int y = row;
      double[] found = IntStream.range(0, 4).mapToDouble(x -> 4 * map.at(y, x, 4, 4)).toArray();
      assertArrayEquals(expected[row], found, 1e-9);
    }
  }

  @Test
  void whatMattersIsColouredAndTheRestIsTheImage() throws IOException {
    BufferedImage grey = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 256 * 256).forEach(i -> grey.setRGB(i % 256, i / 256, 0x404040));
    HeatMap corner = new HeatMap(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 3}, 3, 3);
    BufferedImage picture = read(Overlay.png(grey, corner, List.of("truth", "prediction")));
    assertEquals(2 * 256 + 8, picture.getWidth());
    assertEquals(0x404040, picture.getRGB(200, 200) & 0xFFFFFF, "the original");
    assertEquals(0x404040, picture.getRGB(264 + 20, 20) & 0xFFFFFF, "the cold corner");
    int hot = picture.getRGB(264 + 255, 255) & 0xFFFFFF;
    // 0.3 of the image and 0.7 of the map's brightest colour, 0xFDE725
    assertEquals(0xC4B52D, hot, Integer.toHexString(hot));
  }

  @Test
  void aFlatMapLeavesTheImageAlone() throws IOException {
    BufferedImage black = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
    HeatMap flat = new HeatMap(new float[] {0, 0, 0, 0}, 2, 2);
    assertTrue(flat.flat());
    BufferedImage picture = read(Overlay.png(black, flat, List.of()));
    assertEquals(0, picture.getRGB(308 + 150, 150) & 0xFFFFFF);
  }

  @Test
  void aNormalisedViewIsShownInItsOwnColours() {
    float[] view = {(0.2f - 0.5f) / 0.1f, 0, (1 - 0.25f) / 0.5f, 0, 1 / 0.2f, 0};
    BufferedImage picture =
        ShownImage.of(view, 1, 2, List.of(0.5, 0.25, 0.0), List.of(0.1, 0.5, 0.2));
    assertEquals(0x33FFFF, picture.getRGB(0, 0) & 0xFFFFFF);
    assertEquals(0x804000, picture.getRGB(1, 0) & 0xFFFFFF);
    BufferedImage grey = ShownImage.of(new float[] {0.2f}, 1, 1, List.of(0.0), List.of(1.0));
    assertEquals(0x333333, grey.getRGB(0, 0) & 0xFFFFFF);
  }

  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }
}
