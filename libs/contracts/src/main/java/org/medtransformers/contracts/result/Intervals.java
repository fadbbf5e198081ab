package org.medtransformers.contracts.result;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * Bootstrap intervals of metrics.
 *
 * @param level share of the resamples that lies within, such as 0.95
 * @param resamples how many were drawn
 * @param unit what was drawn: {@code group} (patients or lesions, an image without one being its
 *     own) or {@code image}
 * @param units how many of them there are
 * @param few what there is too little of to rely on the intervals, such as "12 groups, fewer than
 *     30"; empty where there is enough
 * @param values by the metric's name
 */
public record Intervals(
    double level,
    int resamples,
    String unit,
    int units,
    List<String> few,
    Map<String, Interval> values) {

  /** Files of before say nothing of {@code few}. */
  public Intervals {
    few = few == null ? List.of() : List.copyOf(few);
  }

  /** How an interval follows from the resamples. */
  public enum Method {
    /** The central share of them. */
    PERCENTILE("percentile"),
    /** Corrected for bias and acceleration, Efron, 1987. */
    BCA("bca");

    private final String key;

    Method(String key) {
      this.key = key;
    }

    /** As JSON and CSV write it. */
    @JsonValue
    public String key() {
      return key;
    }
  }

  /**
   * Bounds of one metric; NaN where no resample has a value.
   *
   * @param resamples that have a value: without a positive, say, there is no ROC curve
   * @param method percentile in files of before
   */
  public record Interval(double low, double high, int resamples, Method method) {
    public Interval {
      method = method == null ? Method.PERCENTILE : method;
    }
  }
}
