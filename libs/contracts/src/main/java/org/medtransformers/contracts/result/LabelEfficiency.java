package org.medtransformers.contracts.result;

import java.util.List;

/**
 * How a metric grows with the training images: one data set, the same validation and test images at
 * every point.
 *
 * @param metric name of the data set's target metric; null until the data set has been read
 * @param curves one for each row of the table
 */
public record LabelEfficiency(
    String dataset, boolean synthetic, String metric, List<Curve> curves) {
  public LabelEfficiency {
    curves = List.copyOf(curves);
  }

  /**
   * @param points by rising fraction
   */
  public record Curve(String initialisation, String backbone, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * @param fraction of the training images, above 0 to 1
   * @param images that is, the mean over folds; null until the data set has been prepared
   * @param cell of the table; null where no run has been evaluated
   */
  public record Point(double fraction, Double images, ComparisonTable.Cell cell) {
    /** Whether there is a number to show. */
    public boolean known() {
      return cell != null && cell.median() != null && !cell.median().isNaN();
    }
  }
}
