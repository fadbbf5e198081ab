package org.medtransformers.cli.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.result.RunView;

/** Every run's metrics, a line for each split. */
public final class MetricsText {
  private static final List<String> HEAD =
      List.of(
          "run",
          "state",
          "split",
          "n",
          "loss",
          "accuracy",
          "precision",
          "recall",
          "f1",
          "cohen_kappa",
          "roc_auc",
          "average_precision");

  private MetricsText() {}

  public static String render(List<RunView> runs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    runs.forEach(run -> rows.addAll(rows(run)));
    return Columns.render(rows);
  }

  private static List<List<String>> rows(RunView run) {
    List<List<String>> rows = new ArrayList<>();
    if (run.metrics() != null) {
      add(rows, run, "begin", run.metrics().beginning());
      add(rows, run, "val", run.metrics().val());
      add(rows, run, "test", run.metrics().test());
      add(rows, run, "knn", run.metrics().knn());
    }
    if (rows.isEmpty()) {
      Stream<String> none = Stream.generate(() -> "–").limit(HEAD.size() - 2L);
      rows.add(Stream.concat(Stream.of(RunLine.label(run), run.state().name()), none).toList());
    }
    return rows;
  }

  private static void add(List<List<String>> rows, RunView run, String split, Metrics metrics) {
    if (metrics == null) {
      return;
    }
    boolean first = rows.isEmpty();
    rows.add(
        List.of(
            first ? RunLine.label(run) : "",
            first ? run.state().name() : "",
            split,
            String.valueOf(metrics.n()),
            text(metrics.loss()),
            text(metrics.accuracy()),
            text(metrics.precision()),
            text(metrics.recall()),
            text(metrics.f1()),
            text(metrics.cohenKappa()),
            text(metrics.rocAuc()),
            text(metrics.averagePrecision())));
  }

  private static String text(Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }
}
