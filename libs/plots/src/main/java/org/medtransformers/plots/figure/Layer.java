package org.medtransformers.plots.figure;

import java.util.Optional;
import org.jfree.chart.LegendItem;
import org.jfree.chart.plot.XYPlot;

/** Something that is shown in a panel. */
public sealed interface Layer permits Cells, Line, Guide, Intervals, Points, Region, Words {
  /** Puts itself over what {@code plot} has already. */
  void addTo(XYPlot plot);

  /** What explains it beside the panel. */
  default Optional<LegendItem> legend() {
    return Optional.empty();
  }
}
