package org.medtransformers.gateway.report;

import java.util.Locale;

/** How numbers are rounded wherever people read them; a dash stands for what is undefined. */
public final class Rounding {
  /** Where there is no number. */
  public static final String NONE = "–";

  private static final double SMALLEST_P = 0.0001;
  private static final double SURE = 0.999;
  private static final double MANY_DIGITS = 1e5;

  private Rounding() {}

  /** A metric, such as {@code 0.813}. */
  public static String metric(Double value) {
    return decimals("%.3f", value);
  }

  /** A loss; just short of diverging it can have thirty digits. */
  public static String loss(Double value) {
    return decimals(value != null && Math.abs(value) >= MANY_DIGITS ? "%.3e" : "%.4f", value);
  }

  /** A difference of metrics with its sign, such as {@code +0.013} or {@code −0.013}. */
  public static String difference(double value) {
    return decimals("%+.3f", value);
  }

  /** Such as {@code 61.3}. */
  static String decimals(String pattern, Double value) {
    return value == null || value.isNaN()
        ? NONE
        : String.format(Locale.ROOT, pattern, value).replace('-', '−');
  }

  /** {@code [0.780, 0.843]}. */
  public static String interval(Double low, Double high) {
    return "[%s, %s]".formatted(metric(low), metric(high));
  }

  /** Of a test; never 0. */
  public static String p(double value) {
    return value < SMALLEST_P ? "< 0.0001" : decimals("%.4f", value);
  }

  /** Of draws, which cannot show 0 or 1. */
  public static String probability(double value) {
    return value > SURE ? "> 0.999" : value < 1 - SURE ? "< 0.001" : decimals("%.3f", value);
  }

  /** {@code 1,234}. */
  public static String count(Long value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 12 %}. */
  public static String percent(double share) {
    return decimals("%.0f %%", 100 * share);
  }
}
