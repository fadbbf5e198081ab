package org.medtransformers.contracts.result;

import java.util.Map;

/**
 * Percentile bootstrap intervals of metrics.
 *
 * @param level share of the resamples that lies within, such as 0.95
 * @param resamples how many were drawn
 * @param unit what was drawn: {@code group} (patients or lesions, an image without one being its
 *     own) or {@code image}
 * @param units how many of them there are
 * @param values by the metric's name in {@link Metrics}
 */
public record Intervals(
    double level, int resamples, String unit, int units, Map<String, Interval> values) {

  /**
   * Bounds of one metric; NaN where no resample has a value.
   *
   * @param resamples that have a value: without a positive, say, there is no ROC curve
   */
  public record Interval(double low, double high, int resamples) {}
}
