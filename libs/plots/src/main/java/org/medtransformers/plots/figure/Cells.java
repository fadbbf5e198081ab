package org.medtransformers.plots.figure;

import java.awt.Color;
import java.awt.Font;
import java.util.List;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.data.xy.DefaultXYZDataset;

/**
 * A matrix of counts: each cell with its number, the darker the larger its share of its row.
 *
 * @param counts [rows][columns]; the first row is at y = 0, the first column at x = 0
 */
public record Cells(List<List<Long>> counts) implements Layer {
  /** With more the numbers could not be read; the colours can. */
  private static final int MOST_NUMBERS = 12;

  private static final double DARK = 0.55;
  private static final int STEPS = 100;

  public Cells {
    counts = counts.stream().map(List::copyOf).toList();
  }

  /** From white to a dark blue. */
  private static final class Shades implements PaintScale {
    @Override
    public double getLowerBound() {
      return 0;
    }

    @Override
    public double getUpperBound() {
      return 1;
    }

    @Override
    public Color getPaint(double share) {
      // In steps, so that neighbours share what SVG says of them.
      double depth = Math.rint(share * STEPS) / STEPS;
      return new Color(
          (int) Math.rint(255 - depth * 247),
          (int) Math.rint(255 - depth * 207),
          (int) Math.rint(255 - depth * 148));
    }
  }

  @Override
  public void addTo(XYPlot plot) {
    int columns = counts.get(0).size();
    double[][] data = new double[3][counts.size() * columns];
    for (int r = 0; r < counts.size(); r++) {
      for (int c = 0; c < columns; c++) {
        data[0][r * columns + c] = c;
        data[1][r * columns + c] = r;
        data[2][r * columns + c] = share(r, c);
        number(plot, r, c);
      }
    }
    DefaultXYZDataset cells = new DefaultXYZDataset();
    cells.addSeries(0, data);
    XYBlockRenderer renderer = new XYBlockRenderer();
    renderer.setPaintScale(new Shades());
    int index = plot.getDatasetCount();
    plot.setDataset(index, cells);
    plot.setRenderer(index, renderer);
  }

  private double share(int row, int column) {
    long all = counts.get(row).stream().mapToLong(n -> n).sum();
    return all == 0 ? 0 : (double) counts.get(row).get(column) / all;
  }

  private void number(XYPlot plot, int row, int column) {
    if (counts.size() > MOST_NUMBERS) {
      return;
    }
    XYTextAnnotation number =
        new XYTextAnnotation(Long.toString(counts.get(row).get(column)), column, row);
    number.setFont(
        counts.size() > MOST_NUMBERS / 2 ? Style.PLAIN.deriveFont(Font.PLAIN, 14f) : Style.PLAIN);
    number.setPaint(share(row, column) > DARK ? Color.WHITE : Color.BLACK);
    plot.addAnnotation(number);
  }
}
