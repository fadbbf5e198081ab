package org.medtransformers.gateway.report.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.Intervals;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.gateway.report.Rounding;
import org.medtransformers.gateway.report.content.Study.Trained;

/** What the numbers are, and how they were compared. */
final class Statistics {
  private Statistics() {}

  /** Definitions of the metrics that the data sets are judged by. */
  static String metrics(Study study) {
    return study.compared().stream()
        .filter(trained -> trained.run().prepared != null)
        .map(trained -> trained.run().prepared.description())
        .filter(DatasetDescription::labelled)
        .map(data -> definition(data.targetMetric(), data.task()))
        .distinct()
        .collect(Collectors.joining(" "));
  }

  static String definition(TargetMetric metric, Task task) {
    String meaning =
        switch (metric) {
          case COHEN_KAPPA -> "Cohen's kappa with quadratic weights over all classes";
          case RECALL ->
              "the recall, as the mean over the classes that occur among labels or predictions";
          case ROC_AUC ->
              task == Task.BINARY
                  ? "the area under the ROC curve of the positive class"
                  : "the area under the ROC curve of each class against the rest, as the mean over the classes";
        };
    return "The metric %s is %s.".formatted(metric.key(), meaning);
  }

  /** How single models were measured. */
  static String intervals(Study study) {
    List<Intervals> intervals =
        study.evaluated().stream()
            .map(Trained::results)
            .filter(Objects::nonNull)
            .map(EvaluationResults::intervals)
            .filter(Objects::nonNull)
            .toList();
    if (intervals.isEmpty()) {
      return "";
    }
    Intervals any = intervals.get(0);
    return "Intervals of single models hold %s of %s bootstrap resamples of %s, by BCa or, where a metric moves in steps or BCa has no answer, by percentiles."
        .formatted(
            Rounding.percent(any.level()),
            Rounding.count((long) any.resamples()),
            Words.list(intervals.stream().map(i -> units(i.unit())).distinct().toList()));
  }

  private static String units(String unit) {
    return "group".equals(unit)
        ? "the patients or lesions (an image without one being its own)"
        : "the images";
  }

  /** How they were compared. */
  static String tests(Study study) {
    List<PairedComparison> tests = study.comparison().tests();
    if (tests.isEmpty()) {
      return "No two models were tested against each other.";
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Models of one initialisation, and initialisations of one model, were compared on the same test images: the difference is the mean over trainings with the same seed, with a 95 %% interval and a two-sided p by a hierarchical bootstrap of %s draws over trainings and %s."
            .formatted(
                draws(tests),
                Words.list(tests.stream().map(t -> units(t.claim().unit())).distinct().toList())));
    sentences.add(
        "The interval is by %s."
            .formatted(
                Words.list(
                    tests.stream().map(t -> method(t.difference().method())).distinct().toList())));
    sentences.add(
        tests.size() == 1
            ? "There is one such comparison, so that nothing had to be corrected."
            : "p is corrected by Holm's method for the %d differences of all data sets; intervals and probabilities are not."
                .formatted(tests.size()));
    sentences.add(
        "Two models count as practically equivalent where they differ by at most %s (the margin) in at least 95 %% of the draws; as different where the interval leaves out zero and the corrected p is below 0.05; otherwise it is undecided, which does not mean that they are equal."
            .formatted(margins(tests)));
    sentences.add(
        "For each pair stands the number of %s on which a difference of the size found would be seen with a power of 80 %% at a two-sided 5 %%, the trainings being fixed."
            .formatted(
                tests.stream()
                    .map(t -> "group".equals(t.claim().unit()) ? "patients or lesions" : "images")
                    .distinct()
                    .collect(Collectors.joining(" or "))));
    sentences.add(
        "McNemar's test compares how many images each of two models alone has right, for each seed: exact below 25 disagreements, else by chi-squared with continuity correction.");
    if (tests.stream().anyMatch(t -> t.folds() != null)) {
      sentences.add(
          "Across folds the corrected resampled t-test (Nadeau and Bengio, 2003) has to agree, because folds share training images.");
    }
    if (study.comparison().ranks() != null) {
      sentences.add(
          "Over data sets models are ranked by their means, with Friedman's test and Nemenyi's critical difference.");
    }
    return String.join(" ", sentences);
  }

  private static String draws(List<PairedComparison> tests) {
    int most = tests.stream().mapToInt(t -> t.difference().draws()).max().orElse(0);
    int least = tests.stream().mapToInt(t -> t.difference().draws()).min().orElse(0);
    return least == most
        ? Rounding.count((long) most)
        : Rounding.count((long) least) + " to " + Rounding.count((long) most);
  }

  private static String method(Intervals.Method method) {
    return switch (method) {
      case BCA -> "BCa (bias-corrected and accelerated)";
      case PERCENTILE -> "percentiles";
    };
  }

  /** {@code 0.01}, or {@code 0.01 (A) and 0.02 (B)}. */
  static String margins(List<PairedComparison> tests) {
    Map<Double, List<String>> byMargin =
        tests.stream()
            .collect(
                Collectors.groupingBy(
                    t -> t.claim().rope(),
                    TreeMap::new,
                    Collectors.mapping(PairedComparison::dataset, Collectors.toList())));
    return byMargin.size() == 1
        ? Words.number(byMargin.keySet().iterator().next())
        : Words.list(
            byMargin.entrySet().stream()
                .map(
                    e ->
                        "%s (%s)"
                            .formatted(
                                Words.number(e.getKey()),
                                Words.list(e.getValue().stream().distinct().toList())))
                .toList());
  }
}
