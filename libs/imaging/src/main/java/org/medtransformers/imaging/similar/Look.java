package org.medtransformers.imaging.similar;

import org.medtransformers.imaging.Image;

/**
 * What a picture looks like, from its 32 × 32 greys: a hash by which candidates are found, and the
 * detail by which they are compared. One kilobyte.
 */
public final class Look {
  private final long hash;
  private final Detail detail;

  private Look(long hash, Detail detail) {
    this.hash = hash;
    this.detail = detail;
  }

  /** The look of {@code image}, whatever its size, colours and proportions. */
  public static Look of(Image image) {
    Image greys = Greys.square(image, PerceptualHash.SIDE);
    return new Look(PerceptualHash.of(greys.data()), Detail.of(greys));
  }

  /** Its perceptual hash. */
  public long hash() {
    return hash;
  }

  /** Whether it shows next to nothing, so that it is like every other that does. */
  public boolean isBlank() {
    return detail.isBlank();
  }

  /** How alike the details are: the correlation, 1 for the same; of a blank one 0. */
  public double likeness(Look other) {
    return detail.correlation(other.detail);
  }
}
