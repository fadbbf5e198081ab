package org.medtransformers.cli.progress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.result.ClassMetrics;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.Intervals;
import org.medtransformers.contracts.result.Metrics;

/** What an evaluation has measured, as text. */
public final class EvaluationText {
  private EvaluationText() {}

  /** Metrics with intervals, classes, subgroups, calibration, other classifiers. */
  public static String render(EvaluationResults results) {
    DatasetDescription dataset = results.origin().dataset().description();
    StringBuilder text = new StringBuilder();
    text.append(
        "\n%s, %s split, %d images%s\n\n"
            .formatted(
                Columns.printable(dataset.name()),
                results.origin().split().label(),
                results.metrics().n(),
                dataset.synthetic() ? Report.SYNTHETIC : ""));
    text.append(Columns.render(classifiers(results)));
    if (results.intervals() != null) {
      text.append("\n").append(IntervalText.legend(results.intervals()));
    }
    if (!results.classes().isEmpty()) {
      text.append("\n").append(Columns.render(classes(results.classes())));
    }
    if (!results.subgroups().isEmpty()) {
      text.append("\n").append(Columns.render(subgroups(results)));
      results.subgroups().forEach(group -> text.append(few(group)));
    }
    if (results.calibration() != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nexpected calibration error %.4f%n",
              results.calibration().expectedError()));
    }
    if (results.operatingPoint() != null) {
      text.append(OperatingText.render(results.operatingPoint()));
    }
    results
        .warnings()
        .forEach(w -> text.append("Note: ").append(Columns.printable(w)).append("\n"));
    return text.toString();
  }

  private static List<List<String>> classifiers(EvaluationResults results) {
    Map<String, Map<String, String>> columns = new LinkedHashMap<>();
    columns.put("network", values(results.metrics(), results.intervals()));
    if (results.knn() != null) {
      columns.put(
          "nearest neighbours (k = %d)".formatted(results.knn().k()),
          values(results.knn().metrics(), results.knn().intervals()));
    }
    if (results.linear() != null) {
      columns.put(
          "linear (learning rate %s)".formatted(results.linear().learningRate()),
          values(results.linear().metrics(), results.linear().intervals()));
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("metric"));
    head.addAll(columns.keySet());
    rows.add(head);
    for (String metric : columns.get("network").keySet()) {
      List<String> row = new ArrayList<>(List.of(metric));
      columns.values().forEach(column -> row.add(column.getOrDefault(metric, "–")));
      rows.add(row);
    }
    return rows;
  }

  /** By the metric's name: the value and, in brackets, its interval. */
  private static Map<String, String> values(Metrics metrics, Intervals intervals) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", metrics.loss());
    values.put("accuracy", metrics.accuracy());
    values.put("precision", metrics.precision());
    values.put("recall", metrics.recall());
    values.put("f1", metrics.f1());
    values.put("cohen_kappa", metrics.cohenKappa());
    values.put("roc_auc", metrics.rocAuc());
    values.put("average_precision", metrics.averagePrecision());
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (value != null) {
            texts.put(name, IntervalText.number(value) + IntervalText.of(name, intervals));
          }
        });
    return texts;
  }

  private static String few(EvaluationResults.Subgroup group) {
    return group.intervals() == null || group.intervals().few().isEmpty()
        ? ""
        : Columns.printable(group.attribute() + " " + group.value())
            + IntervalText.few(group.intervals());
  }

  private static List<List<String>> classes(List<ClassMetrics> classes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("class", "n", "precision", "recall", "f1", "roc_auc", "average_precision"));
    for (ClassMetrics c : classes) {
      rows.add(
          List.of(
              Columns.printable(c.name()),
              String.valueOf(c.support()),
              IntervalText.number(c.precision()),
              IntervalText.number(c.recall()),
              IntervalText.number(c.f1()),
              IntervalText.number(c.rocAuc()),
              IntervalText.number(c.averagePrecision())));
    }
    return rows;
  }

  private static List<List<String>> subgroups(EvaluationResults results) {
    String target = results.origin().dataset().description().targetMetric().key();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("subgroup", "value", "n", "accuracy", target));
    results
        .subgroups()
        .forEach(
            group -> {
              Map<String, String> values = values(group.metrics(), group.intervals());
              rows.add(
                  List.of(
                      Columns.printable(group.attribute()),
                      Columns.printable(group.value()),
                      String.valueOf(group.metrics().n()),
                      values.get("accuracy"),
                      values.getOrDefault(target, "–")));
            });
    return rows;
  }
}
