package org.medtransformers.gateway.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BandTest {
  private static final double CLOSE = 1e-12;

  /** {@code numpy.mean} and {@code numpy.quantile([3, 1, 2.5], [0.1, 0.9])}. */
  @Test
  void meanAndQuantilesAreThoseOfNumpy() {
    Band band = Band.of(List.of(line(1, 3), line(1, 1), line(1, 2.5)), 10);
    assertEquals(List.of(1.0), band.x());
    assertEquals(List.of(3), band.n());
    assertEquals(6.5 / 3, band.mean().get(0), CLOSE);
    assertEquals(1.3, band.low().get(0), CLOSE);
    assertEquals(2.9, band.high().get(0), CLOSE);
  }

  @Test
  void betweenItsPointsARunIsOnTheStraightLineAndBeyondThemItDoesNotCount() {
    Band band = Band.of(List.of(line(1, 10, 3, 30), line(2, 40, 4, 80)), 10);
    assertEquals(List.of(1.0, 2.0, 3.0, 4.0), band.x());
    assertEquals(List.of(1, 2, 2, 1), band.n());
    assertEquals(List.of(10.0, 30.0, 45.0, 80.0), band.mean());
  }

  @Test
  void whatIsNoNumberIsLeftOut() {
    Band band =
        Band.of(List.of(line(1, Double.NaN, 2, 5), line(1, 7, 2, Double.POSITIVE_INFINITY)), 10);
    assertEquals(List.of(1, 1), band.n());
    assertEquals(List.of(7.0, 5.0), band.mean());
  }

  @Test
  void ofManyPlacesSomeAreShownAndTheFirstAndTheLast() {
    double[] places = IntStream.rangeClosed(0, 1000).asDoubleStream().toArray();
    Band band = Band.of(List.of(new Line(places, places)), 5);
    assertEquals(List.of(0.0, 250.0, 500.0, 750.0, 1000.0), band.x());
    assertEquals(band.x(), band.mean());
  }

  /**
   * @param points x and y in turns
   */
  private static Line line(double... points) {
    int n = points.length / 2;
    return new Line(
        IntStream.range(0, n).mapToDouble(i -> points[2 * i]).toArray(),
        IntStream.range(0, n).mapToDouble(i -> points[2 * i + 1]).toArray());
  }
}
