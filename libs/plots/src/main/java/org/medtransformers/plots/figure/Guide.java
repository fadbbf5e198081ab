package org.medtransformers.plots.figure;

import java.awt.Color;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.plot.XYPlot;

/** A dashed grey line to compare with: chance, no difference. */
public record Guide(double fromX, double fromY, double toX, double toY) implements Layer {
  @Override
  public void addTo(XYPlot plot) {
    plot.addAnnotation(new XYLineAnnotation(fromX, fromY, toX, toY, Style.DASHED, Color.GRAY));
  }
}
