package org.medtransformers.imaging.transform;

import org.medtransformers.imaging.random.RandomStream;

/** The rectangle of torchvision's {@code RandomResizedCrop}. */
final class RandomBox {
  private static final double MIN_RATIO = 3.0 / 4.0;
  private static final double MAX_RATIO = 4.0 / 3.0;
  private static final int TRIALS = 10;

  private RandomBox() {}

  /**
   * A box whose share of the area is uniform in [{@code minScale}, {@code maxScale}] and whose
   * aspect ratio is log-uniform in [3/4, 4/3]. A box larger than the image, which a scale above 1
   * makes likely, is drawn again; after ten of them the largest central box of a legal ratio is
   * taken.
   */
  static Box draw(int height, int width, double minScale, double maxScale, RandomStream random) {
    double area = (double) height * width;
    for (int i = 0; i < TRIALS; i++) {
      double target = area * random.uniform(minScale, maxScale);
      double ratio =
          StrictMath.exp(random.uniform(StrictMath.log(MIN_RATIO), StrictMath.log(MAX_RATIO)));
      int w = (int) Math.rint(Math.sqrt(target * ratio));
      int h = (int) Math.rint(Math.sqrt(target / ratio));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        return new Box(random.below(height - h + 1), random.below(width - w + 1), h, w);
      }
    }
    return central(height, width);
  }

  private static Box central(int height, int width) {
    double ratio = (double) width / height;
    int w = width;
    int h = height;
    if (ratio < MIN_RATIO) {
      h = (int) Math.rint(w / MIN_RATIO);
    } else if (ratio > MAX_RATIO) {
      w = (int) Math.rint(h * MAX_RATIO);
    }
    return new Box((height - h) / 2, (width - w) / 2, h, w);
  }
}
