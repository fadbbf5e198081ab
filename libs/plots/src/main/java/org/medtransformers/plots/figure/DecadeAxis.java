package org.medtransformers.plots.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis with ticks at powers of ten, and at 2 and 5 times these where they are few;
 * where there is less than one decade, at equal distances.
 */
final class DecadeAxis extends LogAxis {
  private static final long serialVersionUID = 1;
  private static final double FEWEST = 0.8;
  private static final double FEW = 2.2;
  private static final double MANY = 6;

  DecadeAxis() {
    super(null);
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    boolean horizontal = RectangleEdge.isTopOrBottom(edge);
    TextAnchor anchor = horizontal ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    List<NumberTick> ticks = new ArrayList<>();
    double low = Math.log10(getRange().getLowerBound());
    double high = Math.log10(getRange().getUpperBound());
    if (high - low < FEWEST) {
      even().forEach((value, label) -> ticks.add(new NumberTick(value, label, anchor, anchor, 0)));
    } else {
      for (double value : values(low, high)) {
        ticks.add(new NumberTick(value, label(value), anchor, anchor, 0));
      }
    }
    return ticks;
  }

  /** Values with their labels. */
  private Map<Double, String> even() {
    double unit = Axis.unit(getRange());
    DecimalFormat format = Axis.format(unit);
    Map<Double, String> values = new LinkedHashMap<>();
    for (double n = Math.ceil(getRange().getLowerBound() / unit);
        n * unit <= getRange().getUpperBound();
        n++) {
      values.put(n * unit, format.format(n * unit));
    }
    return values;
  }

  private List<Double> values(double low, double high) {
    int step = (int) Math.max(1, Math.ceil((high - low) / MANY));
    List<Double> values = new ArrayList<>();
    for (int decade = (int) Math.floor(low); decade <= high; decade++) {
      for (double factor : factors(high - low)) {
        double value = factor * Math.pow(10, decade);
        if (decade % step == 0 && getRange().contains(value)) {
          values.add(value);
        }
      }
    }
    return values;
  }

  private static double[] factors(double decades) {
    return decades < FEW ? new double[] {1, 2, 5} : new double[] {1};
  }

  private static String label(double value) {
    BigDecimal exact = new BigDecimal(value, new MathContext(2)).stripTrailingZeros();
    return Math.abs(Math.log10(value)) < MANY - 1 ? exact.toPlainString() : exact.toString();
  }
}
