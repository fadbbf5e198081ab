package org.medtransformers.plots.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.Optional;
import org.jfree.chart.LegendItem;

/** Lines of a legend. */
final class Legend {
  private static final double LENGTH = 16;

  private Legend() {}

  /** Nothing without a {@code name}. */
  static Optional<LegendItem> of(String name, Mark mark, boolean line, boolean shape) {
    return Optional.ofNullable(name)
        .map(
            given ->
                new LegendItem(
                    Labels.shown(given, Labels.LINE),
                    null,
                    null,
                    null,
                    shape,
                    mark.shape(Style.RADIUS),
                    true,
                    mark.color(),
                    false,
                    Color.BLACK,
                    new BasicStroke(0),
                    line,
                    new Line2D.Double(-LENGTH, 0, LENGTH, 0),
                    mark.stroke(),
                    mark.color()));
  }
}
