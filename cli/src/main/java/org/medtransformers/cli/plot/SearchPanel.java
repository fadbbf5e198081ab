package org.medtransformers.cli.plot;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.medtransformers.contracts.config.LearningRateGrid;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.result.LearningRateSearch.Point;

/**
 * One value over the learning rate. What has no value is marked at the edge where a bad value would
 * be, and interrupts the line.
 *
 * @param name of the value
 * @param best the point to mark, or null
 * @param smallerIsBetter decides which edge is the bad one
 */
record SearchPanel(
    List<Point> points,
    String name,
    Function<Point, Double> value,
    Point best,
    boolean smallerIsBetter) {
  private static final Color VALUES = new Color(0x1F, 0x77, 0xB4);
  private static final Color BEST = new Color(0x2C, 0xA0, 0x2C);
  private static final Color DIVERGED = new Color(0xD6, 0x27, 0x28);

  /** Losses that differ by more than this factor are shown on a logarithmic axis. */
  private static final double WIDE = 20;

  XYChart chart(int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .xAxisTitle("learning rate")
            .yAxisTitle(name + ", validation split")
            .build();
    style(chart.getStyler());
    add(chart, "after the last epoch", VALUES, SeriesMarkers.CIRCLE, p -> true, this::number);
    double edge = edge();
    add(chart, "diverged, no value", DIVERGED, SeriesMarkers.CROSS, this::diverged, p -> edge);
    add(chart, "not finished, no value", Color.GRAY, SeriesMarkers.PLUS, this::unknown, p -> edge);
    if (best != null) {
      String label =
          String.format(
              Locale.ROOT,
              "best: %.4g at %s",
              number(best),
              LearningRateGrid.text(best.learningRate()));
      add(chart, label, BEST, SeriesMarkers.DIAMOND, p -> p.equals(best), this::number);
    }
    return chart;
  }

  private void style(XYStyler style) {
    style.setChartBackgroundColor(Color.WHITE);
    style.setLegendPosition(Styler.LegendPosition.OutsideS);
    style.setLegendLayout(Styler.LegendLayout.Horizontal);
    style.setLocale(Locale.ROOT);
    style.setMarkerSize(10);
    style.setXAxisLogarithmic(true);
    double low = Math.floor(exponents().min().orElse(0));
    style.setXAxisMin(Math.pow(10, low));
    style.setXAxisMax(Math.pow(10, Math.max(low + 1, Math.ceil(exponents().max().orElse(0)))));
    style.setYAxisLogarithmic(isWide());
    style.setYAxisDecimalPattern(isWide() ? null : "0.####");
    if (numbers().findAny().isEmpty()) {
      style.setYAxisMin(0.0);
      style.setYAxisMax(1.0);
    }
  }

  /** Nothing where no point is {@code chosen}. */
  private void add(
      XYChart chart,
      String label,
      Color color,
      Marker marker,
      Predicate<Point> chosen,
      Function<Point, Double> height) {
    List<Point> shown = points.stream().filter(chosen).toList();
    if (shown.isEmpty()) {
      return;
    }
    XYSeries series =
        chart.addSeries(
            label,
            shown.stream().map(Point::learningRate).toList(),
            shown.stream().map(height).toList());
    series.setMarker(marker).setMarkerColor(color).setLineColor(color);
    if (!color.equals(VALUES)) {
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    }
  }

  private double number(Point point) {
    Double given = value.apply(point);
    return given == null || !Double.isFinite(given) ? Double.NaN : given;
  }

  private boolean diverged(Point point) {
    boolean failed = point.error() != null && point.error().code() == ErrorCode.TRAINING_DIVERGED;
    return failed || (value.apply(point) != null && Double.isNaN(number(point)));
  }

  private boolean unknown(Point point) {
    return Double.isNaN(number(point)) && !diverged(point);
  }

  private DoubleStream numbers() {
    return points.stream().mapToDouble(this::number).filter(Double::isFinite);
  }

  private DoubleStream exponents() {
    return points.stream().mapToDouble(p -> Math.log10(p.learningRate()));
  }

  private boolean isWide() {
    double smallest = numbers().min().orElse(0);
    return smallerIsBetter && smallest > 0 && numbers().max().orElse(0) > WIDE * smallest;
  }

  private double edge() {
    return (smallerIsBetter ? numbers().max() : numbers().min()).orElse(smallerIsBetter ? 1 : 0);
  }
}
