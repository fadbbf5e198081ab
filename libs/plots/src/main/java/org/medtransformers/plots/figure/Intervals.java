package org.medtransformers.plots.figure;

import java.awt.BasicStroke;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.LegendItem;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * Places with a bar from the low to the high end of their interval; what is no number is left out.
 *
 * @param name beside the panel; null: they are not explained
 * @param upright whether the interval is of y, else of x
 */
public record Intervals(String name, Mark mark, List<Point> points, boolean upright)
    implements Layer {
  private static final double CAP = 10;

  public Intervals {
    points = List.copyOf(points);
  }

  @Override
  public void addTo(XYPlot plot) {
    XYIntervalSeries series = new XYIntervalSeries(0, false, true);
    for (Point p : points.stream().filter(Point::isFinite).toList()) {
      if (upright) {
        series.add(p.x(), p.x(), p.x(), p.y(), p.low(), p.high());
      } else {
        series.add(p.x(), p.low(), p.high(), p.y(), p.y(), p.y());
      }
    }
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    data.addSeries(series);
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(!upright);
    renderer.setDrawYError(upright);
    renderer.setCapLength(CAP);
    renderer.setErrorStroke(new BasicStroke(2.4f));
    renderer.setSeriesPaint(0, mark.color());
    renderer.setSeriesShape(0, mark.shape(Style.RADIUS + 1));
    int index = plot.getDatasetCount();
    plot.setDataset(index, data);
    plot.setRenderer(index, renderer);
  }

  @Override
  public Optional<LegendItem> legend() {
    return Legend.of(name, mark, true, true);
  }
}
