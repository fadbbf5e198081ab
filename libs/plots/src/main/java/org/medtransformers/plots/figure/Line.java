package org.medtransformers.plots.figure;

import java.util.List;
import java.util.Optional;
import org.jfree.chart.LegendItem;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Points that are joined, in a band of their intervals. A point whose value is NaN interrupts it.
 *
 * @param name beside the panel; null: it is not explained
 * @param points by rising x
 * @param shapes whether every point is marked as well
 */
public record Line(String name, Mark mark, List<Point> points, boolean shapes) implements Layer {
  private static final float BAND = 0.2f;

  public Line {
    points = List.copyOf(points);
  }

  @Override
  public void addTo(XYPlot plot) {
    YIntervalSeries series = new YIntervalSeries(0, false, true);
    points.forEach(p -> series.add(p.x(), p.y(), p.low(), p.high()));
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    data.addSeries(series);
    XYLineAndShapeRenderer renderer = banded() ? band() : new XYLineAndShapeRenderer(true, shapes);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setSeriesPaint(0, mark.color());
    renderer.setSeriesStroke(0, mark.stroke());
    renderer.setSeriesShape(0, mark.shape(Style.RADIUS));
    int index = plot.getDatasetCount();
    plot.setDataset(index, data);
    plot.setRenderer(index, renderer);
  }

  private XYLineAndShapeRenderer band() {
    DeviationRenderer renderer = new DeviationRenderer(true, shapes);
    renderer.setAlpha(BAND);
    renderer.setSeriesFillPaint(0, mark.color());
    return renderer;
  }

  private boolean banded() {
    return points.stream().anyMatch(p -> p.low() < p.high());
  }

  @Override
  public Optional<LegendItem> legend() {
    return Legend.of(name, mark, true, shapes);
  }
}
