package org.medtransformers.cli.progress;

import java.util.Locale;
import org.medtransformers.contracts.result.Intervals;
import org.medtransformers.contracts.result.Intervals.Interval;
import org.medtransformers.contracts.result.Intervals.Method;

/** Intervals as text: in brackets, with marks for what must be known of them. */
final class IntervalText {
  private static final String FEW = "*";
  private static final String PERCENTILE = "p";

  private IntervalText() {}

  /** What follows a value; empty where it has no interval. */
  static String of(String name, Intervals intervals) {
    Interval found = intervals == null ? null : intervals.values().get(name);
    if (found == null) {
      return "";
    }
    return " [%s, %s]%s%s"
        .formatted(
            number(found.low()),
            number(found.high()),
            found.method() == Method.PERCENTILE ? PERCENTILE : "",
            intervals.few().isEmpty() ? "" : FEW);
  }

  /** What the brackets and marks mean; empty without intervals. */
  static String legend(Intervals intervals) {
    if (intervals == null) {
      return "";
    }
    String brackets =
        String.format(
            Locale.ROOT,
            "In brackets: %.0f %% intervals by BCa (%s: of percentiles), %d bootstrap resamples of"
                + " %d %ss%n",
            100 * intervals.level(),
            PERCENTILE,
            intervals.resamples(),
            intervals.units(),
            intervals.unit());
    return intervals.few().isEmpty() ? brackets : brackets + FEW + few(intervals);
  }

  /** Why intervals are marked. */
  static String few(Intervals intervals) {
    return " not to be relied on: " + Columns.printable(String.join("; ", intervals.few())) + "\n";
  }

  /** With four digits; a dash for what is undefined. */
  static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }
}
