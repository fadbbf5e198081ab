package org.medtransformers.plots.figure;

/**
 * A place in a panel, in the units of its axes, and how sure it is.
 *
 * @param low end of the interval around it; the place itself where there is none
 * @param high likewise
 */
public record Point(double x, double y, double low, double high) {
  /** Without an interval. */
  public static Point of(double x, double y) {
    return new Point(x, y, y, y);
  }

  /** Whether it can be drawn, with its interval. */
  boolean isFinite() {
    return Double.isFinite(x)
        && Double.isFinite(y)
        && Double.isFinite(low)
        && Double.isFinite(high);
  }
}
