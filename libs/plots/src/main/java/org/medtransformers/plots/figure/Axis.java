package org.medtransformers.plots.figure;

import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.data.Range;

/**
 * One axis.
 *
 * @param label what is shown, with its unit; null: neither label nor ticks
 * @param range that is shown; null: what holds everything
 * @param downwards whether the smallest is on top, where it is the upright one
 * @param names at the places 0, 1 …; empty where numbers are shown
 */
public record Axis(
    String label, Span range, boolean logarithmic, boolean downwards, List<String> names) {
  /** From {@code low} to {@code high}. */
  public record Span(double low, double high) {}

  private static final double ROOM = 0.04;
  private static final double EDGE = 0.015;
  private static final int TICKS = 6;

  /** Less of a value than anybody sees. */
  private static final double SAME = 1e-5;

  private static final double LEAST_ROOM = 0.01;
  private static final double AROUND_ONE = 0.05;
  private static final double MANY = 1e6;
  private static final double FEW = 1e-5;

  /** Numbers, as far as there are any. */
  public static Axis of(String label) {
    return new Axis(label, null, false, false, List.of());
  }

  /** Numbers from {@code low} to {@code high}. */
  public static Axis of(String label, double low, double high) {
    return new Axis(label, new Span(low, high), false, false, List.of());
  }

  /** From 0 to 1, with a little room for what lies at an end. */
  public static Axis share(String label) {
    return of(label, -EDGE, 1 + EDGE);
  }

  /** Powers of ten. */
  public static Axis logarithmic(String label) {
    return new Axis(label, null, true, false, List.of());
  }

  /** Names, the first at 0. */
  public static Axis named(String label, List<String> names) {
    return new Axis(label, new Span(-0.5, names.size() - 0.5), false, false, names);
  }

  /** No label, no ticks; for an upright axis, the smallest on top. */
  public static Axis hidden(double low, double high) {
    return new Axis(null, new Span(low, high), false, true, List.of());
  }

  /** The same, the smallest on top. */
  public Axis falling() {
    return new Axis(label, range, logarithmic, true, names);
  }

  ValueAxis build() {
    ValueAxis axis = kind();
    axis.setLabel(Labels.shown(label, Labels.LINE));
    axis.setLabelFont(Style.PLAIN);
    axis.setTickLabelFont(Style.PLAIN);
    axis.setAxisLinePaint(Color.DARK_GRAY);
    axis.setTickMarkPaint(Color.DARK_GRAY);
    axis.setTickLabelsVisible(label != null);
    axis.setTickMarksVisible(label != null);
    axis.setInverted(downwards);
    axis.setLowerMargin(ROOM);
    axis.setUpperMargin(ROOM);
    if (range != null) {
      axis.setRange(new Range(range.low(), range.high()));
    }
    return axis;
  }

  private ValueAxis kind() {
    if (!names.isEmpty()) {
      SymbolAxis axis = new SymbolAxis(null, Labels.shown(names).toArray(String[]::new));
      axis.setGridBandsVisible(false);
      return axis;
    }
    if (logarithmic) {
      return new DecadeAxis();
    }
    NumberAxis axis = new NumberAxis();
    axis.setAutoRangeIncludesZero(false);
    return axis;
  }

  /** Some six ticks; to be called once the axis knows what it shows. */
  static void tick(ValueAxis axis) {
    widen(axis);
    if (axis instanceof NumberAxis numbers && !(axis instanceof SymbolAxis)) {
      double unit = unit(numbers.getRange());
      numbers.setTickUnit(new NumberTickUnit(unit, format(unit), 0));
    }
  }

  /** Around one single value, where all ticks would have the same label. */
  private static void widen(ValueAxis axis) {
    Range range = axis.getRange();
    double middle = range.getCentralValue();
    if (axis.isAutoRange() && range.getLength() < SAME * Math.max(Math.abs(middle), LEAST_ROOM)) {
      double room = middle == 0 ? LEAST_ROOM : AROUND_ONE * Math.abs(middle);
      axis.setRange(new Range(middle - room, middle + room));
    }
  }

  /** From tick to tick, some six of which lie in {@code range}. */
  static double unit(Range range) {
    double rough = range.getLength() / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    return DoubleStream.of(1, 2, 5, 10)
        .map(f -> f * power)
        .filter(u -> u >= rough * 0.999)
        .findFirst()
        .orElseThrow();
  }

  /** With as many digits as tell ticks of this distance apart. */
  static DecimalFormat format(double unit) {
    if (unit >= MANY || unit < FEW) {
      return format("0.#E0");
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(unit) + 1e-9));
    return format(decimals == 0 ? "0" : "0." + "0".repeat(decimals));
  }

  private static DecimalFormat format(String pattern) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
  }
}
