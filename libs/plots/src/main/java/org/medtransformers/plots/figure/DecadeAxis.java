package org.medtransformers.plots.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis with ticks at powers of ten, and at 2 and 5 times these where they are few.
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
    for (double value : values()) {
      ticks.add(new NumberTick(value, label(value), anchor, anchor, 0));
    }
    return ticks;
  }

  private List<Double> values() {
    double low = Math.log10(getRange().getLowerBound());
    double high = Math.log10(getRange().getUpperBound());
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
    if (decades < FEWEST) {
      return new double[] {1, 1.5, 2, 3, 4, 5, 7};
    }
    return decades < FEW ? new double[] {1, 2, 5} : new double[] {1};
  }

  private static String label(double value) {
    BigDecimal exact = new BigDecimal(value, new MathContext(2)).stripTrailingZeros();
    return Math.abs(Math.log10(value)) < MANY - 1 ? exact.toPlainString() : exact.toString();
  }
}
