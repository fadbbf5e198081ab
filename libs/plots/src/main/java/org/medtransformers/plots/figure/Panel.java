package org.medtransformers.plots.figure;

import java.awt.Color;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/**
 * One pair of axes and what is shown in it.
 *
 * @param title above it
 * @param subtitle below the title, such as what n is
 * @param layers the lowest first
 * @param height in the units of which a figure is 640 wide, with its titles and its legend
 */
public record Panel(String title, String subtitle, Axis x, Axis y, List<Layer> layers, int height) {
  public Panel {
    layers = List.copyOf(layers);
  }

  JFreeChart chart() {
    XYPlot plot = new XYPlot(null, x.build(), y.build(), null);
    style(plot);
    layers.forEach(layer -> layer.addTo(plot));
    finish(plot.getDomainAxis());
    Axis.tick(plot.getRangeAxis());
    JFreeChart chart = new JFreeChart(null, null, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(6, 8, 6, 16));
    chart.addSubtitle(text(Labels.shown(title, 2 * Labels.LINE), true));
    if (subtitle != null) {
      chart.addSubtitle(text(Labels.shown(subtitle, 3 * Labels.LINE), false));
    }
    legend(plot, chart);
    return chart;
  }

  private void style(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(x.label() != null);
    plot.setDomainGridlinePaint(Style.GRID);
    plot.setDomainGridlineStroke(Style.THIN);
    plot.setRangeGridlinePaint(Style.GRID);
    plot.setRangeGridlineStroke(Style.THIN);
    plot.setRangeGridlinesVisible(y.label() != null);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
  }

  /** Names below each other take less room than side by side. */
  private static void finish(ValueAxis axis) {
    axis.setVerticalTickLabels(axis instanceof SymbolAxis);
    Axis.tick(axis);
  }

  private static TextTitle text(String words, boolean strong) {
    TextTitle title = new TextTitle(words, strong ? Style.BOLD : Style.PLAIN);
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setTextAlignment(HorizontalAlignment.LEFT);
    title.setPaint(Color.BLACK);
    title.setExpandToFitSpace(true);
    return title;
  }

  private void legend(XYPlot plot, JFreeChart chart) {
    LegendItemCollection items = new LegendItemCollection();
    layers.stream().map(Layer::legend).flatMap(Optional::stream).forEach(items::add);
    if (items.getItemCount() == 0) {
      return;
    }
    plot.setFixedLegendItems(items);
    LegendTitle legend = new LegendTitle(plot);
    legend.setItemFont(Style.PLAIN);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
    legend.setFrame(BlockBorder.NONE);
    chart.addSubtitle(legend);
  }
}
