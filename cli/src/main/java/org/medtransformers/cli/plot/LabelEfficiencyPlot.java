package org.medtransformers.cli.plot;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.LabelEfficiency.Curve;
import org.medtransformers.contracts.result.LabelEfficiency.Point;
import org.medtransformers.plots.Png;

/**
 * The target metric over the share of the training images, on a logarithmic axis: a line for each
 * model through its medians, with bars of a standard deviation to either side. A point without a
 * number interrupts the line.
 */
final class LabelEfficiencyPlot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 640;
  private static final double PERCENT = 100;

  private LabelEfficiencyPlot() {}

  /** A picture of 900 × 640 pixels. */
  static byte[] png(LabelEfficiency efficiency) {
    String metric = efficiency.metric() == null ? "target metric" : efficiency.metric();
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(
                efficiency.dataset()
                    + (efficiency.synthetic() ? " (synthetic images)" : "")
                    + ": fewer labels")
            .xAxisTitle("share of the training images, %")
            .yAxisTitle(metric + ", test images: median ± standard deviation")
            .build();
    style(chart.getStyler(), efficiency.curves());
    efficiency.curves().forEach(curve -> add(chart, curve));
    return Png.encode(BitmapEncoder.getBufferedImage(chart));
  }

  private static void style(XYStyler style, List<Curve> curves) {
    style.setChartBackgroundColor(Color.WHITE);
    style.setLegendPosition(Styler.LegendPosition.OutsideS);
    style.setLegendLayout(Styler.LegendLayout.Vertical);
    style.setLocale(Locale.ROOT);
    style.setMarkerSize(8);
    style.setXAxisLogarithmic(true);
    double smallest = points(curves, Point::fraction).min().orElse(1) * PERCENT;
    style.setXAxisMin(Math.pow(10, Math.min(1, Math.floor(Math.log10(smallest)))));
    style.setXAxisMax(PERCENT);
    style.setYAxisDecimalPattern("0.###");
    if (curves.stream().flatMap(c -> c.points().stream()).noneMatch(Point::known)) {
      style.setYAxisMin(0.0);
      style.setYAxisMax(1.0);
    }
  }

  private static DoubleStream points(List<Curve> curves, Function<Point, Double> value) {
    return curves.stream().flatMap(c -> c.points().stream()).mapToDouble(value::apply);
  }

  private static void add(XYChart chart, Curve curve) {
    List<Point> points = curve.points();
    chart
        .addSeries(
            curve.backbone() + ", " + curve.initialisation(),
            points.stream().map(p -> p.fraction() * PERCENT).toList(),
            points.stream().map(p -> p.known() ? p.cell().median() : Double.NaN).toList(),
            points.stream().map(LabelEfficiencyPlot::deviation).toList())
        .setMarker(SeriesMarkers.CIRCLE);
  }

  private static double deviation(Point point) {
    boolean spread = point.known() && point.cell().std() != null;
    return spread && Double.isFinite(point.cell().std()) ? point.cell().std() : 0;
  }
}
