package org.medtransformers.plots.figure;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Optional;
import org.jfree.chart.LegendItem;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.XYPlot;

/**
 * A grey band over all y.
 *
 * @param name beside the panel
 * @param low smallest x of it
 * @param high largest x of it
 */
public record Region(String name, double low, double high) implements Layer {
  private static final Color GREY = new Color(0xDDDDDD);

  @Override
  public void addTo(XYPlot plot) {
    IntervalMarker marker = new IntervalMarker(low, high, GREY);
    marker.setAlpha(1);
    plot.addDomainMarker(marker, org.jfree.chart.ui.Layer.BACKGROUND);
  }

  @Override
  public Optional<LegendItem> legend() {
    return Optional.of(
        new LegendItem(
            Labels.shown(name, Labels.LINE),
            null,
            null,
            null,
            new Rectangle2D.Double(-12, -7, 24, 14),
            GREY));
  }
}
