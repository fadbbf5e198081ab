package org.medtransformers.imaging.transform;

import org.medtransformers.imaging.Image;

/**
 * PIL's Gaussian blur: three extended box blurs (Gwosdek et al. 2011) along the rows, then three
 * along the columns.
 */
final class Blur {
  private static final int PASSES = 3;

  private Blur() {}

  static Image gaussian(Image image, double radius) {
    float box = boxRadius((float) radius);
    if (box == 0) {
      return image;
    }
    byte[] data = image.data().clone();
    int rowBytes = image.width() * image.channels();
    // The lines of the second box are the columns, all of them side by side.
    Box3 alongRows = new Box3(new BoxBlur(box, image.channels()), rowBytes);
    for (int start = 0; start < data.length; start += rowBytes) {
      alongRows.blur(data, start);
    }
    new Box3(new BoxBlur(box, rowBytes), data.length).blur(data, 0);
    return new Image(data, image.height(), image.width(), image.channels());
  }

  /** The radius of the box whose {@value #PASSES}-fold convolution has that Gaussian's variance. */
  private static float boxRadius(float radius) {
    float variance = radius * radius / PASSES;
    float length = (float) Math.sqrt(12.0 * variance + 1.0);
    float whole = (float) Math.floor((length - 1.0) / 2.0);
    float part = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance);
    part /= 6 * (variance - (whole + 1) * (whole + 1));
    return whole + part;
  }

  /** {@value #PASSES} passes of one box over lines of {@code length} bytes. */
  private static final class Box3 {
    private final BoxBlur box;
    private final int length;
    private final byte[] even;
    private final byte[] odd;

    Box3(BoxBlur box, int length) {
      this.box = box;
      this.length = length;
      this.even = box.room(length);
      this.odd = box.room(length);
    }

    /** Blurs the line that begins at {@code start} in place. */
    void blur(byte[] data, int start) {
      System.arraycopy(data, start, even, box.margin(), length);
      box.pass(even, odd, length);
      box.pass(odd, even, length);
      box.pass(even, odd, length);
      System.arraycopy(odd, box.margin(), data, start, length);
    }
  }
}
