package org.medtransformers.imaging.transform;

import java.util.List;
import org.medtransformers.imaging.Image;

/** {@code Image.rotate} without expansion. */
final class Rotations {
  private Rotations() {}

  static Image rotated(Image image, double degrees) {
    double angle = ((degrees % 360) + 360) % 360;
    boolean square = image.height() == image.width();
    if (angle == 180 || (square && angle % 90 == 0)) {
      return Warp.turned(image, (int) (angle / 90));
    }
    return Warp.affine(image, matrix(angle, image.width() / 2.0, image.height() / 2.0));
  }

  private static List<Double> matrix(double degrees, double centreX, double centreY) {
    double radians = -Math.toRadians(degrees);
    double a = round15(StrictMath.cos(radians));
    double b = round15(StrictMath.sin(radians));
    double d = round15(-StrictMath.sin(radians));
    double c = a * -centreX + b * -centreY + centreX;
    double f = d * -centreX + a * -centreY + centreY;
    return List.of(a, b, c, d, a, f);
  }

  /** PIL rounds to 15 decimals so that right angles come out clean. */
  private static double round15(double value) {
    return Math.rint(value * 1e15) / 1e15;
  }
}
