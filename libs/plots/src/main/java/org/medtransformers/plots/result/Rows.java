package org.medtransformers.plots.result;

import java.util.ArrayList;
import java.util.List;
import org.medtransformers.plots.figure.Axis;
import org.medtransformers.plots.figure.Labels;
import org.medtransformers.plots.figure.Layer;
import org.medtransformers.plots.figure.Panel;
import org.medtransformers.plots.figure.Words;

/**
 * A panel of rows below each other: two lines of text, and below them what is shown along x. So
 * names may be long.
 */
final class Rows {
  /** With more nobody finds one. */
  static final int MOST = 30;

  private static final double ROW = 3;
  private static final int ROW_HEIGHT = 84;
  private static final int AROUND = 150;
  private static final double MARGIN = 0.05;

  private final List<Layer> layers = new ArrayList<>();
  private int count;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private final List<String> heads = new ArrayList<>();
  private final List<String> details = new ArrayList<>();

  /** Where what is shown of the next row lies. */
  double y() {
    return ROW * count + 2.2;
  }

  /** One more row, of which {@code shown} lie at {@link #y}. */
  void add(String head, String detail, List<? extends Layer> shown) {
    heads.add(head);
    details.add(detail);
    layers.addAll(shown);
    count++;
  }

  /** That {@code x} is to be seen. */
  void holds(double x) {
    if (Double.isFinite(x)) {
      low = Math.min(low, x);
      high = Math.max(high, x);
    }
  }

  /** From the first row to the last. */
  double top() {
    return 0;
  }

  double bottom() {
    return ROW * count;
  }

  /**
   * The panel.
   *
   * @param behind the rows
   */
  Panel panel(String title, String subtitle, String label, List<? extends Layer> behind) {
    double least = low <= high ? low : 0;
    double room = low < high ? MARGIN * (high - low) : Math.max(MARGIN * Math.abs(least), 0.01);
    Axis x = Axis.of(label, least - room, (low <= high ? high : 0) + room);
    List<Layer> all = new ArrayList<>(behind);
    for (int i = 0; i < count; i++) {
      all.add(new Words(x.range().low(), ROW * i + 0.4, heads.get(i), true));
      all.add(new Words(x.range().low(), ROW * i + 1.2, details.get(i), false));
    }
    all.addAll(layers);
    return new Panel(
        Labels.shown(title, 2 * Labels.LINE),
        subtitle,
        x,
        Axis.hidden(-0.3, bottom()),
        all,
        AROUND + ROW_HEIGHT * Math.max(1, count));
  }
}
