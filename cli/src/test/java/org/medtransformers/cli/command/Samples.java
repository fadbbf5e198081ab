package org.medtransformers.cli.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.ComparisonTable.Row;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.LearningRateSearch.Point;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.result.OperatingPoint;
import org.medtransformers.contracts.result.Phase;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunResult.MetricsBySplit;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;

/** Experiments as a gateway shows them. */
public final class Samples {
  static final DatasetDescription EYES =
      new DatasetDescription(
          "APTOS2019",
          List.of("none", "mild", "severe"),
          Task.MULTI_CLASS,
          3,
          List.of(0.4, 0.2, 0.1),
          List.of(0.3, 0.2, 0.1),
          TargetMetric.COHEN_KAPPA,
          true);
  public static final String ID = "e1c0ffee";
  static final OperatingPoint OPERATING_POINT =
      new OperatingPoint(
          "severe",
          new OperatingPoint.Threshold(null, 0.5, 0, 10, 4),
          List.of(List.of(10, 5), List.of(4, 12)),
          Map.of("sensitivity", 0.75, "specificity", 0.625, "ppv", 0.7, "npv", 0.6, "mcc", 0.375),
          null,
          new OperatingPoint.Temperature(2, 0.125, 0.0625));

  private Samples() {}

  public static RunView run(String backbone, int repetition, RunState state, RunProgress now) {
    return run(backbone, repetition, state, now, null, null);
  }

  public static RunView succeeded(String backbone, int repetition, double kappa) {
    MetricsBySplit tested = new MetricsBySplit(null, metrics(kappa), null, null);
    return run(backbone, repetition, RunState.SUCCEEDED, null, null, tested);
  }

  /** Of a model that tells two classes apart. */
  static RunView ofTwoClasses() {
    Metrics metrics =
        new Metrics(
            31,
            0.5,
            0.7,
            0.7,
            0.7,
            0.7,
            null,
            0.8,
            0.8,
            new Metrics.PositiveClass(0.7, 0.75, 0.72),
            null,
            List.of(List.of(10, 5), List.of(4, 12)));
    MetricsBySplit tested = new MetricsBySplit(null, metrics, null, null);
    return run("resnet18", 0, RunState.SUCCEEDED, null, null, tested);
  }

  /** With a kappa of each measurement. */
  public static RunView measured(double beginning, double val, double test, double knn) {
    MetricsBySplit all =
        new MetricsBySplit(metrics(val), metrics(test), metrics(knn), metrics(beginning));
    return run("resnet18", 0, RunState.SUCCEEDED, null, null, all);
  }

  private static Metrics metrics(double kappa) {
    return new Metrics(
        31, 1.25, 0.5, 0.4, 0.45, 0.42, kappa, null, null, null, null, List.of(List.of(31)));
  }

  public static RunView failed(String backbone, int repetition, ErrorCode code, String message) {
    ErrorInfo error = new ErrorInfo(code, message);
    return run(backbone, repetition, RunState.FAILED, null, error, null);
  }

  private static RunView run(
      String backbone,
      int repetition,
      RunState state,
      RunProgress now,
      ErrorInfo error,
      MetricsBySplit metrics) {
    return new RunView(
        backbone + "-" + repetition,
        "APTOS2019",
        backbone,
        "random",
        List.of(backbone),
        repetition,
        repetition,
        Phase.ONLY,
        state,
        error,
        metrics,
        RunCosts.NONE,
        now);
  }

  public static RunProgress progress(int iteration, double loss) {
    return new RunProgress(
        1, iteration / 10.0, iteration, 100, loss, null, 212.4, 83.6, 0.021, null, null);
  }

  /** Running until every run has ended. */
  public static ExperimentView experiment(RunView... runs) {
    List<RunView> all = List.of(runs);
    ExperimentState state = ExperimentState.of(all.stream().map(RunView::state).toList());
    Summary summary = new Summary(ID, "sample", state, Instant.parse("2026-01-02T03:04:05Z"));
    return new ExperimentView(
        summary,
        all,
        all.size(),
        table(),
        List.of(),
        List.of(),
        List.of("pin_memory does nothing here"));
  }

  private static ComparisonTable table() {
    return new ComparisonTable(
        List.of(new Column("APTOS2019", "cohen_kappa", true, List.of())),
        List.of(
            new Row("random", "resnet18", List.of(new Cell(0.5, 0.1, 2, 2, List.of(0.4, 0.6))))));
  }

  /** A search that has ended; its third learning rate made the training diverge. */
  public static ExperimentView search() {
    return search(
        point(1e-4, 0.25, 1.5, null),
        point(1e-3, 0.75, 1.75, null),
        point(1e-2, null, null, diverged()));
  }

  public static ExperimentView search(Point... points) {
    RunView run = run("resnet18", 0, RunState.SUCCEEDED, null);
    Summary summary =
        new Summary(ID, "search", ExperimentState.SUCCEEDED, Instant.parse("2026-01-02T03:04:05Z"));
    return new ExperimentView(
        summary,
        List.of(run),
        1,
        new ComparisonTable(List.of(), List.of()),
        List.of(
            LearningRateSearch.of(
                "APTOS2019", true, "resnet18", "random", 0, 0, "cohen_kappa", List.of(points))),
        List.of(),
        List.of());
  }

  public static Point point(double rate, Double kappa, Double loss, ErrorInfo error) {
    return new Point(rate, kappa, loss, "resnet18-0", RunState.SUCCEEDED, error);
  }

  public static ErrorInfo diverged() {
    return new ErrorInfo(ErrorCode.TRAINING_DIVERGED, "iteration 3: the loss is NaN");
  }
}
