package org.medtransformers.plots.attention;

/** How much each part of an image matters, on a coarser grid than its pixels. */
public final class HeatMap {
  private final float[] values;
  private final int height;
  private final int width;
  private final float lowest;
  private final float highest;

  /**
   * @param values {@code height * width}, row by row, finite
   */
  public HeatMap(float[] values, int height, int width) {
    if (values.length == 0 || values.length != height * width) {
      throw new IllegalArgumentException(
          "%d values cannot be a map of %d x %d".formatted(values.length, height, width));
    }
    this.values = values.clone();
    this.height = height;
    this.width = width;
    float low = values[0];
    float high = values[0];
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    this.lowest = low;
    this.highest = high;
  }

  /** Whether no part matters more than another. */
  public boolean flat() {
    return !(highest > lowest);
  }

  /**
   * What belongs to a pixel of a picture: bilinear between the middles of the grid's cells, as
   * PyTorch's {@code interpolate(mode="bilinear", align_corners=False)}, from 0 for the least to 1
   * for the most; 0 everywhere where the map is flat.
   *
   * @param rows height of the picture in pixels
   * @param columns its width
   */
  public double at(int row, int column, int rows, int columns) {
    if (flat()) {
      return 0;
    }
    double y = clamp((row + 0.5) * height / rows - 0.5, height - 1);
    double x = clamp((column + 0.5) * width / columns - 0.5, width - 1);
    int top = (int) y;
    int left = (int) x;
    int bottom = Math.min(top + 1, height - 1);
    int right = Math.min(left + 1, width - 1);
    double above = mix(value(top, left), value(top, right), x - left);
    double below = mix(value(bottom, left), value(bottom, right), x - left);
    return (mix(above, below, y - top) - lowest) / ((double) highest - lowest);
  }

  private float value(int row, int column) {
    return values[row * width + column];
  }

  private static double mix(double one, double other, double share) {
    return one + (other - one) * share;
  }

  private static double clamp(double value, double most) {
    return Math.max(0, Math.min(most, value));
  }
}
