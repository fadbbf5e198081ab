package org.medtransformers.statistics;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.result.DatasetVerdict;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.Model;

/**
 * What the models of one data set are worth there, and the sentence that may be said of them.
 *
 * @param metric name of the data set's target metric
 * @param means over the trainings of each model, in the order of their first appearance
 * @param sameImages whether all were tested on the same ones
 */
public record MeasuredModels(
    String dataset, String metric, Map<Model, Double> means, boolean sameImages) {
  public MeasuredModels {
    means = Collections.unmodifiableMap(new LinkedHashMap<>(means));
  }

  /**
   * The verdict: the model with the largest mean against each that it was tested with, the firmest
   * first. That it was chosen for its mean needs no further correction: Holm's is over all tests of
   * the table, whichever of them are looked at.
   *
   * @param tests corrected, those of other data sets among them
   * @return empty where no two models are tested on the data set
   */
  public Optional<DatasetVerdict> verdict(List<PairedComparison> tests) {
    List<PairedComparison> own = tests.stream().filter(t -> t.dataset().equals(dataset)).toList();
    return own.isEmpty() ? Optional.empty() : best().map(model -> verdict(model, own));
  }

  /** The first of equal ones; empty where no model has a value. */
  private Optional<Model> best() {
    return means.entrySet().stream()
        .filter(e -> !Double.isNaN(e.getValue()))
        .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
        .map(Map.Entry::getKey);
  }

  private DatasetVerdict verdict(Model best, List<PairedComparison> own) {
    List<PairedComparison> asked =
        own.stream().filter(t -> t.first().equals(best) || t.second().equals(best)).toList();
    String highest =
        "of %d models %s has the highest %s".formatted(means.size(), Verdict.name(best), metric);
    String clauses =
        Stream.of(
                Stream.of(highest).filter(h -> means.size() > 2 || asked.isEmpty()),
                asked.stream()
                    .map(Verdict::of)
                    .sorted(Comparator.comparing(Verdict::decision))
                    .map(Verdict::words),
                untested(best, asked))
            .flatMap(parts -> parts)
            .collect(Collectors.joining("; "));
    return new DatasetVerdict(dataset, metric, best, dataset + ": " + clauses + few(own) + ".");
  }

  private Stream<String> untested(Model best, List<PairedComparison> asked) {
    String names =
        means.keySet().stream()
            .filter(m -> !m.equals(best))
            .filter(m -> asked.stream().noneMatch(t -> t.first().equals(m) || t.second().equals(m)))
            .map(Verdict::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? Stream.empty() : Stream.of("not tested with " + names);
  }

  private static String few(List<PairedComparison> own) {
    String few =
        own.stream()
            .flatMap(t -> t.claim().few().stream())
            .distinct()
            .collect(Collectors.joining(", "));
    return few.isEmpty() ? "" : " (not to be relied on: " + few + ")";
  }
}
