package org.medtransformers.gateway.curve;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A curve of one run: places by rising x, and the values there that are numbers. */
final class Line {
  static final Line EMPTY = new Line(new double[0], new double[0]);

  private final double[] x;
  private final double[] y;

  /**
   * @param x rising
   * @param y as many; what is no number is left out
   */
  Line(double[] x, double[] y) {
    int[] finite = IntStream.range(0, x.length).filter(i -> Double.isFinite(y[i])).toArray();
    this.x = Arrays.stream(finite).mapToDouble(i -> x[i]).toArray();
    this.y = Arrays.stream(finite).mapToDouble(i -> y[i]).toArray();
  }

  boolean isEmpty() {
    return x.length == 0;
  }

  DoubleStream places() {
    return Arrays.stream(x);
  }

  /** The value at {@code place}, on the straight line between its neighbours; empty outside. */
  OptionalDouble at(double place) {
    if (isEmpty() || place < x[0] || place > x[x.length - 1]) {
      return OptionalDouble.empty();
    }
    int found = Arrays.binarySearch(x, place);
    if (found >= 0) {
      return OptionalDouble.of(y[found]);
    }
    int above = -found - 1;
    double share = (place - x[above - 1]) / (x[above] - x[above - 1]);
    return OptionalDouble.of(y[above - 1] + share * (y[above] - y[above - 1]));
  }
}
