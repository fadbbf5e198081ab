package org.medtransformers.plots.figure;

import java.awt.Color;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.TextAnchor;

/**
 * A line of text that begins at a place.
 *
 * @param strong whether it is bold
 */
public record Words(double x, double y, String text, boolean strong) implements Layer {
  @Override
  public void addTo(XYPlot plot) {
    XYTextAnnotation annotation = new XYTextAnnotation(Labels.shown(text, Labels.LINE), x, y);
    annotation.setFont(strong ? Style.BOLD : Style.PLAIN);
    annotation.setPaint(Color.BLACK);
    annotation.setTextAnchor(TextAnchor.CENTER_LEFT);
    plot.addAnnotation(annotation);
  }
}
