package org.medtransformers.tests.page;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Images in folders by class. */
final class Pictures {
  private static final int IMAGES = 48;
  private static final int SIDE = 40;

  private Pictures() {}

  /** Writes some of {@code dark} and as many of {@code light} into {@code folder}; gives that. */
  static Path write(Path folder, String dark, String light) throws IOException {
    for (int i = 0; i < IMAGES; i++) {
      Path ofClass = folder.resolve("ImageFolder").resolve(i % 2 == 0 ? dark : light);
      Files.createDirectories(ofClass);
      ImageIO.write(image(i), "png", ofClass.resolve(i + ".png").toFile());
    }
    return folder;
  }

  /** No two are alike, and half of them are light. */
  private static BufferedImage image(int number) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        image.setRGB(x, y, (x * (number + 1) % 64 + number % 2 * 160) * 0x010101 + y);
      }
    }
    return image;
  }
}
