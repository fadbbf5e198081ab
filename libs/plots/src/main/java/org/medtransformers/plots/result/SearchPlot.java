package org.medtransformers.plots.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.medtransformers.contracts.config.LearningRateGrid;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.LearningRateSearch.Point;
import org.medtransformers.plots.figure.Axis;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.figure.Labels;
import org.medtransformers.plots.figure.Layer;
import org.medtransformers.plots.figure.Line;
import org.medtransformers.plots.figure.Mark;
import org.medtransformers.plots.figure.Numbers;
import org.medtransformers.plots.figure.Panel;
import org.medtransformers.plots.figure.Points;

/**
 * One search for the learning rate: the target metric and the loss, both of the validation split.
 * What has no value is marked at the edge where a bad value would be.
 */
public final class SearchPlot {
  private static final int LEGEND = 4;

  /** Losses that differ by more than this factor are shown on a logarithmic axis. */
  private static final double WIDE = 20;

  private final LearningRateSearch search;
  private final String name;
  private final Function<Point, Double> value;
  private final Point best;
  private final boolean smallerIsBetter;

  private SearchPlot(
      LearningRateSearch search,
      String name,
      Function<Point, Double> value,
      Point best,
      boolean smallerIsBetter) {
    this.search = search;
    this.name = name;
    this.value = value;
    this.best = best;
    this.smallerIsBetter = smallerIsBetter;
  }

  /**
   * The metric on the left, the loss on the right.
   *
   * @param name of the figure
   */
  public static Figure of(String name, LearningRateSearch search) {
    String metric = Objects.requireNonNullElse(search.metric(), "target metric");
    return new Figure(
        name,
        "Learning rates tried, %s, %s"
            .formatted(search.dataset(), Names.of(search.initialisation(), search.backbone())),
        "After the last epoch of each trial, on the validation split.",
        Names.count(search.points().size(), "training"),
        List.of(
            new SearchPlot(search, metric, Point::metric, search.bestByMetric(), false).panel(),
            new SearchPlot(search, "loss", Point::loss, search.bestByLoss(), true).panel()),
        () -> numbers(search, metric));
  }

  private Panel panel() {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Line("after the last epoch", Mark.of(0), places(p -> true, this::number), true));
    double edge = edge();
    add(layers, "diverged, no value", Mark.of(1), places(this::diverged, p -> edge));
    add(layers, "not finished, no value", Mark.of(6), places(this::unknown, p -> edge));
    if (best != null) {
      String label =
          "best: %.4g at %s".formatted(number(best), LearningRateGrid.text(best.learningRate()));
      add(layers, label, Mark.of(2), places(best::equals, this::number));
    }
    return new Panel(
        "%s%s, %s, repetition %d: %s"
            .formatted(
                Labels.shown(search.dataset(), Labels.NAME),
                search.synthetic() ? " (synthetic images)" : "",
                Names.of(search.initialisation(), search.backbone()),
                search.repetition() + 1,
                name),
        "n = 1 training per learning rate",
        Axis.logarithmic("learning rate"),
        isWide() ? Axis.logarithmic(label()) : Axis.of(label()),
        layers,
        Lines.height(LEGEND));
  }

  private String label() {
    return name + ", validation split";
  }

  private static void add(
      List<Layer> layers,
      String label,
      Mark mark,
      List<org.medtransformers.plots.figure.Point> places) {
    if (!places.isEmpty()) {
      layers.add(new Points(label, mark, places));
    }
  }

  private List<org.medtransformers.plots.figure.Point> places(
      Predicate<Point> chosen, ToDoubleFunction<Point> height) {
    return search.points().stream()
        .filter(chosen)
        .map(
            p ->
                org.medtransformers.plots.figure.Point.of(
                    p.learningRate(), height.applyAsDouble(p)))
        .toList();
  }

  private double number(Point point) {
    Double given = value.apply(point);
    return given == null || !Double.isFinite(given) ? Double.NaN : given;
  }

  private boolean diverged(Point point) {
    boolean failed = point.error() != null && point.error().code() == ErrorCode.TRAINING_DIVERGED;
    return failed || (value.apply(point) != null && Double.isNaN(number(point)));
  }

  private boolean unknown(Point point) {
    return Double.isNaN(number(point)) && !diverged(point);
  }

  private DoubleStream values() {
    return search.points().stream().mapToDouble(this::number).filter(Double::isFinite);
  }

  private boolean isWide() {
    double smallest = values().min().orElse(0);
    return smallerIsBetter && smallest > 0 && values().max().orElse(0) > WIDE * smallest;
  }

  private double edge() {
    return (smallerIsBetter ? values().max() : values().min()).orElse(smallerIsBetter ? 1 : 0);
  }

  private static Numbers numbers(LearningRateSearch search, String metric) {
    Numbers numbers = new Numbers("learning_rate", metric, "loss", "state", "error");
    for (Point p : search.points()) {
      numbers.line(
          p.learningRate(),
          p.metric(),
          p.loss(),
          p.state().name(),
          p.error() == null ? null : p.error().code().name());
    }
    return numbers;
  }
}
