package org.medtransformers.gateway.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.plots.figure.Point;

class CurveBandsTest {
  /** y = slope x at x = 0, 1 … last. */
  private static List<Point> line(double slope, int last) {
    return IntStream.rangeClosed(0, last).mapToObj(i -> Point.of(i, slope * i)).toList();
  }

  @Test
  void atTheSameEpochsNothingIsInterpolated() {
    List<Point> band = CurveBands.of(List.of(line(1, 3), line(3, 3)));
    assertEquals(List.of(0.0, 1.0, 2.0, 3.0), band.stream().map(Point::x).toList());
    assertEquals(new Point(3, 6, 3 + 0.05 * 6, 9 - 0.05 * 6), band.get(3));
  }

  @Test
  void atOthersTheyAreReadOffTheirLinesAsFarAsAllGo() {
    List<Point> band = CurveBands.of(List.of(line(1, 4), line(3, 8)));
    assertEquals(101, band.size());
    assertEquals(4, band.get(100).x(), 1e-12);
    for (Point point : band) {
      assertEquals(2 * point.x(), point.y(), 1e-9);
    }
  }

  @Test
  void whatHasNoNumberIsLeftOut() {
    List<Point> diverged = List.of(Point.of(0, Double.NaN), Point.of(1, Double.NaN));
    assertEquals(List.of(), CurveBands.of(List.of(diverged)));
    assertEquals(line(1, 3), CurveBands.of(List.of(diverged, line(1, 3))));
    assertEquals(List.of(), CurveBands.of(List.of(line(1, 1), List.of(Point.of(5, 1)))));
  }
}
