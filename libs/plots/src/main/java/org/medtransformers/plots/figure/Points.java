package org.medtransformers.plots.figure;

import java.awt.Color;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.LegendItem;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Places that are marked; what is no number is left out.
 *
 * @param name beside the panel; null: they are not explained
 * @param radius of each
 * @param outlined whether each has a black line around it
 */
public record Points(String name, Mark mark, List<Point> points, double radius, boolean outlined)
    implements Layer {
  public Points {
    points = List.copyOf(points);
  }

  /** Large ones. */
  public Points(String name, Mark mark, List<Point> points) {
    this(name, mark, points, Style.RADIUS, true);
  }

  @Override
  public void addTo(XYPlot plot) {
    XYSeries series = new XYSeries(0, false, true);
    points.stream().filter(Point::isFinite).forEach(p -> series.add(p.x(), p.y(), false));
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setSeriesPaint(0, mark.color());
    renderer.setSeriesShape(0, mark.shape(radius));
    renderer.setDrawOutlines(outlined);
    renderer.setUseOutlinePaint(true);
    renderer.setUseFillPaint(true);
    renderer.setSeriesFillPaint(0, mark.color());
    renderer.setSeriesOutlinePaint(0, Color.BLACK);
    renderer.setSeriesOutlineStroke(0, Style.THIN);
    int index = plot.getDatasetCount();
    plot.setDataset(index, new XYSeriesCollection(series));
    plot.setRenderer(index, renderer);
  }

  @Override
  public Optional<LegendItem> legend() {
    return Legend.of(name, mark, false, true);
  }
}
