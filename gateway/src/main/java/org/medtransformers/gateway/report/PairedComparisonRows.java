package org.medtransformers.gateway.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.result.DatasetVerdict;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.Intervals.Method;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.Claim;
import org.medtransformers.contracts.result.PairedComparison.Difference;
import org.medtransformers.contracts.result.PairedComparison.Model;

/** Paired tests as rows of a table, and what explains them. */
final class PairedComparisonRows {
  private static final List<String> CLAIMS =
      List.of(
          "comparison",
          "difference [95 % interval]",
          "P(better)",
          "P(equivalent)",
          "p",
          "p (Holm)",
          "for 80 % power");
  private static final List<String> TESTS =
      List.of("comparison", "repetitions × images", "McNemar");
  private static final String PERCENTILE = "p";
  private static final String FEW = "*";

  private PairedComparisonRows() {}

  /**
   * The tests of a data set.
   *
   * @param sentence the verdict, or only the data set where there is none
   * @param claims what the differences allow to say: the head and one row per pair
   * @param tests what else was tested of the pairs: likewise
   */
  record DatasetTests(String sentence, List<List<String>> claims, List<List<String>> tests) {}

  /** In the order of the table. */
  static List<DatasetTests> of(ExperimentComparison comparison) {
    return comparison.tests().stream()
        .collect(
            Collectors.groupingBy(
                PairedComparison::dataset, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(own -> of(own, comparison.verdicts()))
        .toList();
  }

  private static DatasetTests of(List<PairedComparison> own, List<DatasetVerdict> verdicts) {
    PairedComparison any = own.get(0);
    List<List<String>> claims = new ArrayList<>();
    claims.add(CLAIMS);
    own.forEach(test -> claims.add(claim(test)));
    boolean folds = own.stream().anyMatch(test -> test.folds() != null);
    List<List<String>> tests = new ArrayList<>();
    tests.add(with(TESTS, folds, "folds: t (df), p, p (Holm)"));
    own.forEach(test -> tests.add(with(test(test), folds, folds(test.folds()))));
    String sentence =
        verdicts.stream()
            .filter(verdict -> verdict.dataset().equals(any.dataset()))
            .map(DatasetVerdict::sentence)
            .findFirst()
            .orElse(any.dataset() + " " + any.metric());
    return new DatasetTests(sentence, claims, tests);
  }

  private static List<String> with(List<String> row, boolean folds, String cell) {
    return folds ? Stream.concat(row.stream(), Stream.of(cell)).toList() : row;
  }

  /** {@code t 2.31 (9), p 0.0460, 0.0920}. */
  private static String folds(PairedComparison.AcrossFolds folds) {
    return folds == null
        ? Rounding.NONE
        : "%s (%d), p %s, %s"
            .formatted(
                Rounding.decimals("%.2f", folds.t()),
                folds.degreesOfFreedom(),
                Rounding.p(folds.p()),
                Rounding.p(folds.pHolm()));
  }

  private static List<String> claim(PairedComparison test) {
    Difference difference = test.difference();
    Claim claim = test.claim();
    return List.of(
        comparison(test.first(), test.second()),
        "%s %s%s%s"
            .formatted(
                Rounding.difference(difference.value()),
                Rounding.interval(difference.low(), difference.high()),
                difference.method() == Method.PERCENTILE ? PERCENTILE : "",
                claim.few().isEmpty() ? "" : FEW),
        Rounding.probability(claim.firstBetter()),
        "%s (±%s)".formatted(Rounding.probability(claim.equivalent()), claim.rope()),
        Rounding.p(difference.p()),
        Rounding.p(difference.pHolm()),
        claim.needed() == null
            ? Rounding.NONE
            : "%s %ss".formatted(Rounding.count(claim.needed()), claim.unit()));
  }

  private static List<String> test(PairedComparison test) {
    return List.of(
        comparison(test.first(), test.second()),
        test.repetitions()
            + " × "
            + test.images()
            + (test.groups() == null ? "" : " of " + test.groups() + " groups"),
        test.perSeed().stream()
            .map(m -> m.firstOnly() + ":" + m.secondOnly() + " p " + Rounding.p(m.p()))
            .collect(Collectors.joining("; ")));
  }

  /** {@code deit_small − resnet50, random} or {@code ImageNet − random, resnet50}. */
  static String comparison(Model first, Model second) {
    return first.initialisation().equals(second.initialisation())
        ? first.backbone() + " − " + second.backbone() + ", " + first.initialisation()
        : first.initialisation() + " − " + second.initialisation() + ", " + first.backbone();
  }

  /** What the numbers mean, and what could not be compared. */
  static List<String> notes(ExperimentComparison comparison) {
    List<String> notes = new ArrayList<>();
    List<PairedComparison> tests = comparison.tests();
    if (!tests.isEmpty()) {
      notes.addAll(claims(tests));
      notes.add(
          "McNemar, for each seed and not corrected: images that only the first : only the second"
              + " has right.");
    }
    if (tests.stream().anyMatch(t -> t.folds() != null)) {
      notes.add(
          "Folds: difference, interval and McNemar are of the predictions of all folds together; t"
              + " is the corrected resampled t-test of the differences of each fold (Nadeau and"
              + " Bengio, 2003), because folds share training images.");
    }
    if (tests.stream().anyMatch(t -> t.repetitions() == 1)) {
      notes.add(
          "With one repetition an interval tells of other images only, not of another training.");
    }
    notes.addAll(RankRows.notes(comparison.ranks()));
    notes.addAll(comparison.notes());
    return notes;
  }

  private static List<String> claims(List<PairedComparison> tests) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Differences are means over repetitions with the same seed, the first less the second;"
            + " interval and p by hierarchical bootstrap over repetitions and patients or lesions"
            + " (images where none are known), intervals by BCa (%s: of percentiles), Holm's"
                .formatted(PERCENTILE)
            + " correction for %s of the table."
                .formatted(
                    tests.size() == 1
                        ? "the difference"
                        : "the %d differences".formatted(tests.size())));
    notes.add(
        "P(better), P(equivalent): shares of the same draws in which the first model is better, and"
            + " in which the models differ by no more than the region in brackets; not corrected.");
    notes.add(
        "For 80 % power: test groups (patients or lesions) or images on which a difference of that"
            + " size would be seen at a two-sided 5 %, if trainings did not differ.");
    tests.stream()
        .filter(test -> !test.claim().few().isEmpty())
        .map(test -> FEW + " not to be relied on: " + test.dataset() + ": " + few(test))
        .distinct()
        .forEach(notes::add);
    return notes;
  }

  private static String few(PairedComparison test) {
    return String.join(", ", test.claim().few());
  }
}
