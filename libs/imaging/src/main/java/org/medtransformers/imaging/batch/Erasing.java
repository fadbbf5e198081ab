package org.medtransformers.imaging.batch;

import java.util.Arrays;
import java.util.Optional;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.random.RandomStream;
import org.medtransformers.imaging.transform.Box;

/** torchvision's {@code RandomErasing} (Zhong et al. 2020), on normalised values. */
public final class Erasing {
  /**
   * Keys the random streams, beside those of {@link org.medtransformers.imaging.transform.Draw}.
   */
  static final int NUMBER = 14;

  private static final int TRIALS = 10;

  private Erasing() {}

  /** Empty where the image is spared, by chance or because no rectangle fits in ten trials. */
  public static Optional<Box> draw(
      Transforms.RandomErasing t, int height, int width, RandomStream random) {
    if (!random.chance(t.p())) {
      return Optional.empty();
    }
    double area = (double) height * width;
    for (int i = 0; i < TRIALS; i++) {
      double target = area * random.uniform(t.scale().get(0), t.scale().get(1));
      double ratio =
          StrictMath.exp(
              random.uniform(StrictMath.log(t.ratio().get(0)), StrictMath.log(t.ratio().get(1))));
      int h = (int) Math.rint(Math.sqrt(target * ratio));
      int w = (int) Math.rint(Math.sqrt(target / ratio));
      if (h < height && w < width) {
        return Optional.of(
            new Box(random.below(height - h + 1), random.below(width - w + 1), h, w));
      }
    }
    return Optional.empty();
  }

  /** A copy of {@code image} with {@code box} in one colour, a byte per channel. */
  static Image paint(Image image, Box box, byte[] colour) {
    byte[] data = image.data().clone();
    for (int y = box.top(); y < box.top() + box.height(); y++) {
      for (int x = box.left(); x < box.left() + box.width(); x++) {
        System.arraycopy(colour, 0, data, (y * image.width() + x) * colour.length, colour.length);
      }
    }
    return new Image(data, image.height(), image.width(), image.channels());
  }

  /**
   * @param pixels [channels, height, width] of {@code view}
   */
  public static void fill(float[] pixels, Image view, Box box, float value) {
    for (int channel = 0; channel < view.channels(); channel++) {
      for (int y = box.top(); y < box.top() + box.height(); y++) {
        int start = (channel * view.height() + y) * view.width() + box.left();
        Arrays.fill(pixels, start, start + box.width(), value);
      }
    }
  }
}
