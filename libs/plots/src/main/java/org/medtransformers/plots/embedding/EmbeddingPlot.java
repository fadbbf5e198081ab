package org.medtransformers.plots.embedding;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.plots.embedding.EmbeddingMap.Point;
import org.medtransformers.plots.figure.Axis;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.figure.Labels;
import org.medtransformers.plots.figure.Layer;
import org.medtransformers.plots.figure.Mark;
import org.medtransformers.plots.figure.Numbers;
import org.medtransformers.plots.figure.Panel;
import org.medtransformers.plots.figure.Points;

/**
 * A map of embeddings: colours are classes, shapes are splits. Nothing is written at the axes,
 * since the coordinates of UMAP mean nothing by themselves.
 */
public final class EmbeddingPlot {
  /** Classes that a legend has room for. */
  private static final int MOST_CLASSES = 20;

  private static final int PLOT = 700;
  private static final int LINE = 24;
  private static final int GREY = 6;

  /** Of more points, lines around them would hide what they are around. */
  private static final int OUTLINED = 600;

  private final EmbeddingMap map;
  private final List<Point> shown;

  private EmbeddingPlot(EmbeddingMap map, int most) {
    this.map = map;
    int every = (map.points().size() - 1) / most + 1;
    List<Point> chosen = new ArrayList<>();
    for (int i = 0; i < map.points().size(); i += every) {
      chosen.add(map.points().get(i));
    }
    this.shown = List.copyOf(chosen);
  }

  /** The figure {@code embeddings} of all points of {@code map}. */
  public static Figure of(EmbeddingMap map, String model) {
    return of(map, model, map.points().size());
  }

  /**
   * The figure {@code embeddings}.
   *
   * @param model its name
   * @param most points that are drawn, of more every k-th
   */
  public static Figure of(EmbeddingMap map, String model, int most) {
    return new EmbeddingPlot(map, most).figure(model);
  }

  private Figure figure(String model) {
    String n =
        shown.size() == map.images()
            ? "%d images".formatted(map.images())
            : "%d of %d images".formatted(shown.size(), map.images());
    return new Figure(
        "embeddings",
        "UMAP of embeddings, " + model,
        "Each point is an image, colours are classes, shapes are splits. Images that lie close are alike to the model; distances between groups and the axes mean nothing by themselves.",
        n,
        List.of(panel(model, n)),
        this::numbers);
  }

  private Panel panel(String model, String n) {
    List<Layer> layers = new ArrayList<>();
    // The training images are many and lie below the others.
    for (Split split : Split.values()) {
      for (int c = 0; c < map.classes().size(); c++) {
        add(layers, split, c, c);
      }
      add(layers, split, null, GREY);
    }
    int explained = layers.size();
    legend(layers);
    return new Panel(
        "UMAP of embeddings: %s, %s%s"
            .formatted(
                Labels.shown(model, Labels.NAME),
                Labels.shown(map.dataset(), Labels.NAME),
                map.synthetic() ? " (synthetic images)" : ""),
        "n = " + n,
        axis(shown.stream().mapToDouble(Point::x).summaryStatistics()),
        axis(shown.stream().mapToDouble(Point::y).summaryStatistics()),
        layers,
        PLOT + LINE * (layers.size() - explained) / 2);
  }

  /** Points of one class, or of none or several. */
  private void add(List<Layer> layers, Split split, Integer label, int colour) {
    List<org.medtransformers.plots.figure.Point> points =
        shown.stream()
            .filter(p -> p.split() == split)
            .filter(p -> Objects.equals(p.labels().size() == 1 ? p.labels().get(0) : null, label))
            .map(p -> org.medtransformers.plots.figure.Point.of(p.x(), p.y()))
            .toList();
    if (!points.isEmpty()) {
      boolean training = split == Split.TRAIN;
      layers.add(
          new Points(
              null,
              new Mark(colour, shape(split), 0),
              points,
              training ? 2.5 : 4,
              !training && shown.size() <= OUTLINED));
    }
  }

  private static int shape(Split split) {
    return switch (split) {
      case TRAIN -> 0;
      case VAL -> 2;
      case TEST -> 1;
    };
  }

  private void legend(List<Layer> layers) {
    for (int c = 0; c < Math.min(MOST_CLASSES, map.classes().size()); c++) {
      layers.add(
          new Points(
              Labels.shown(map.classes().get(c), Labels.NAME), new Mark(c, 1, 0), List.of()));
    }
    if (shown.stream().anyMatch(p -> p.labels().size() != 1)) {
      layers.add(new Points("none or several", new Mark(GREY, 1, 0), List.of()));
    }
    for (Split split : Split.values()) {
      long count = shown.stream().filter(p -> p.split() == split).count();
      if (count > 0) {
        layers.add(
            new Points(
                "%s (%d)".formatted(split.label(), count),
                new Mark(GREY, shape(split), 0),
                List.of()));
      }
    }
  }

  private static Axis axis(DoubleSummaryStatistics values) {
    double room = Math.max(values.getMax() - values.getMin(), Double.MIN_NORMAL) * 0.03;
    return Axis.hidden(values.getMin() - room, values.getMax() + room);
  }

  private Numbers numbers() {
    Numbers numbers = new Numbers("image", "split", "classes", "x", "y");
    for (Point p : map.points()) {
      String classes =
          String.join("; ", p.labels().stream().map(c -> map.classes().get(c)).toList());
      numbers.line(p.image(), p.split().label(), classes, p.x(), p.y());
    }
    return numbers;
  }
}
