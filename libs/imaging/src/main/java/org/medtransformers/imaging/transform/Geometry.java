package org.medtransformers.imaging.transform;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.imaging.random.RandomStream;

/** The matrices of affine and perspective maps, from target to source pixels. */
public final class Geometry {
  private Geometry() {}

  /** A point in pixels. */
  public record Point(double x, double y) {}

  static List<Operation> drawAffine(
      Transforms.RandomAffine t, int height, int width, RandomStream random) {
    if (!random.chance(t.p())) {
      return List.of();
    }
    double angle = random.uniform(-t.degrees(), t.degrees());
    double maxX = t.translate().get(0) * width;
    double maxY = t.translate().get(1) * height;
    Point shift =
        new Point(Math.rint(random.uniform(-maxX, maxX)), Math.rint(random.uniform(-maxY, maxY)));
    double scale = random.uniform(t.scale().get(0), t.scale().get(1));
    double shear = random.uniform(-t.shear(), t.shear());
    return List.of(
        new Operation.Affine(affine(height, width, angle, shift, scale, new Point(shear, 0))));
  }

  /**
   * torchvision's {@code _get_inverse_affine_matrix} about the centre.
   *
   * @param angle degrees
   * @param shear degrees along x and y
   */
  public static List<Double> affine(
      int height, int width, double angle, Point shift, double scale, Point shear) {
    double rotation = Math.toRadians(angle);
    double shearX = Math.toRadians(shear.x());
    double shearY = Math.toRadians(shear.y());
    double cos = StrictMath.cos(rotation - shearY) / StrictMath.cos(shearY);
    double sin = StrictMath.sin(rotation - shearY) / StrictMath.cos(shearY);
    double a = (-sin * StrictMath.tan(shearX) + StrictMath.cos(rotation)) / scale;
    double b = (cos * StrictMath.tan(shearX) + StrictMath.sin(rotation)) / scale;
    double d = -sin / scale;
    double e = cos / scale;
    double centreX = width * 0.5;
    double centreY = height * 0.5;
    double fromX = -centreX - shift.x();
    double fromY = -centreY - shift.y();
    double c = a * fromX + b * fromY + centreX;
    double f = d * fromX + e * fromY + centreY;
    return List.of(a, b, c, d, e, f);
  }

  static List<Operation> drawPerspective(
      Transforms.RandomPerspective t, int height, int width, RandomStream random) {
    if (!random.chance(t.p())) {
      return List.of();
    }
    List<Point> moved = movedCorners(t.distortionScale(), height, width, random);
    return List.of(new Operation.Perspective(perspective(corners(height, width), moved)));
  }

  /** Where the corners go: each inwards by up to {@code distortion} of half the image. */
  static List<Point> movedCorners(double distortion, int height, int width, RandomStream random) {
    int halfWidth = width / 2;
    int halfHeight = height / 2;
    int reachX = (int) (distortion * halfWidth) + 1;
    int reachY = (int) (distortion * halfHeight) + 1;
    return corners(height, width).stream()
        .map(
            p ->
                new Point(
                    inwards(p.x(), random.below(reachX)), inwards(p.y(), random.below(reachY))))
        .toList();
  }

  private static double inwards(double coordinate, int distance) {
    return coordinate == 0 ? distance : coordinate - distance;
  }

  private static List<Point> corners(int height, int width) {
    return List.of(
        new Point(0, 0),
        new Point(width - 1, 0),
        new Point(width - 1, height - 1),
        new Point(0, height - 1));
  }

  /** The eight coefficients of the map that takes each of {@code to} to its {@code from}. */
  static List<Double> perspective(List<Point> from, List<Point> to) {
    double[][] rows = new double[8][];
    for (int i = 0; i < 4; i++) {
      Point p = to.get(i);
      Point q = from.get(i);
      rows[2 * i] = new double[] {p.x(), p.y(), 1, 0, 0, 0, -q.x() * p.x(), -q.x() * p.y(), q.x()};
      rows[2 * i + 1] =
          new double[] {0, 0, 0, p.x(), p.y(), 1, -q.y() * p.x(), -q.y() * p.y(), q.y()};
    }
    return solved(rows);
  }

  /** Gauss-Jordan elimination with row pivoting; the last column is the right-hand side. */
  private static List<Double> solved(double[][] rows) {
    int n = rows.length;
    for (int i = 0; i < n; i++) {
      int column = i;
      int pivot =
          IntStream.range(i, n)
              .boxed()
              .max(Comparator.comparingDouble(r -> Math.abs(rows[r][column])))
              .orElseThrow();
      double[] row = rows[pivot];
      rows[pivot] = rows[i];
      rows[i] = row;
      for (int r = 0; r < n; r++) {
        double factor = r == i ? 0 : rows[r][i] / row[i];
        for (int c = i; c <= n; c++) {
          rows[r][c] -= factor * row[c];
        }
      }
    }
    return IntStream.range(0, n).mapToObj(i -> rows[i][n] / rows[i][i]).toList();
  }
}
