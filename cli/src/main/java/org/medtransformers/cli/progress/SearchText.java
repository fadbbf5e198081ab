package org.medtransformers.cli.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.medtransformers.contracts.config.LearningRateGrid;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.LearningRateSearch.Point;
import org.medtransformers.contracts.result.RunState;

/** A search for the learning rate: a line for each that was tried, and the best. */
final class SearchText {
  private static final String NONE = "–";

  /** A loss just short of diverging can have thirty digits. */
  private static final double MANY_DIGITS = 1e5;

  private SearchText() {}

  static String render(LearningRateSearch search) {
    String metric = metric(search);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("learning rate", metric, "loss", ""));
    search.points().forEach(point -> rows.add(row(point)));
    List<List<String>> best =
        List.of(
            List.of("Best by " + metric + ":", best(search.bestByMetric())),
            List.of("Best by loss:", best(search.bestByLoss())));
    return "\n"
        + title(search)
        + ": validation split, after the last epoch"
        + (search.synthetic() ? Report.SYNTHETIC : "")
        + "\n\n"
        + Columns.render(rows)
        + "\n"
        + Columns.render(best);
  }

  private static String title(LearningRateSearch search) {
    return Columns.printable(
        "%s %s %s #%d"
            .formatted(
                search.dataset(),
                search.backbone(),
                search.initialisation(),
                search.repetition() + 1));
  }

  /** Known from the moment when the data set has been read. */
  private static String metric(LearningRateSearch search) {
    return search.metric() == null ? "target metric" : search.metric();
  }

  private static List<String> row(Point point) {
    return List.of(
        LearningRateGrid.text(point.learningRate()),
        value(point.metric()),
        value(point.loss()),
        remark(point));
  }

  private static String remark(Point point) {
    if (point.error() != null && point.error().code() == ErrorCode.TRAINING_DIVERGED) {
      return "diverged: " + Columns.printable(point.error().message());
    }
    return point.state() == RunState.SUCCEEDED ? "" : point.state().name();
  }

  private static String best(Point point) {
    return point == null
        ? "none, no learning rate has led to a number"
        : LearningRateGrid.text(point.learningRate());
  }

  private static String value(Double value) {
    return value == null
        ? NONE
        : String.format(Locale.ROOT, Math.abs(value) < MANY_DIGITS ? "%.4f" : "%.3e", value);
  }
}
