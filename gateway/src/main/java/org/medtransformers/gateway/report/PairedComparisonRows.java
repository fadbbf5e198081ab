package org.medtransformers.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.Difference;
import org.medtransformers.contracts.result.PairedComparison.Model;

/** Paired tests as rows of a table, and what explains them. */
final class PairedComparisonRows {
  private static final List<String> HEAD =
      List.of(
          "data set",
          "comparison",
          "difference [95 % interval]",
          "p",
          "p (Holm)",
          "repetitions × images",
          "McNemar");
  private static final double SMALLEST_SHOWN = 0.0001;

  private PairedComparisonRows() {}

  /** The head and one row per test; a column for folds where there are any. */
  static List<List<String>> of(List<PairedComparison> tests) {
    boolean folds = tests.stream().anyMatch(test -> test.folds() != null);
    List<List<String>> rows = new ArrayList<>();
    rows.add(with(HEAD, folds, "folds: t (df), p, p (Holm)"));
    tests.forEach(test -> rows.add(with(row(test), folds, folds(test.folds()))));
    return rows;
  }

  private static List<String> with(List<String> row, boolean folds, String cell) {
    return folds ? Stream.concat(row.stream(), Stream.of(cell)).toList() : row;
  }

  /** {@code t 2.31 (9), p 0.0460, 0.0920}. */
  private static String folds(PairedComparison.AcrossFolds folds) {
    return folds == null
        ? "–"
        : "%s (%d), p %s, %s"
            .formatted(
                signed("%.2f", folds.t()),
                folds.degreesOfFreedom(),
                p(folds.p()),
                p(folds.pHolm()));
  }

  private static List<String> row(PairedComparison test) {
    Difference difference = test.difference();
    return List.of(
        test.dataset() + " " + test.metric(),
        comparison(test.first(), test.second()),
        "%s [%s, %s]"
            .formatted(
                signed("%+.3f", difference.value()),
                signed("%.3f", difference.low()),
                signed("%.3f", difference.high())),
        p(difference.p()),
        p(difference.pHolm()),
        test.repetitions()
            + " × "
            + test.images()
            + (test.groups() == null ? "" : " of " + test.groups() + " groups"),
        test.perSeed().stream()
            .map(m -> m.firstOnly() + ":" + m.secondOnly() + " p " + p(m.p()))
            .collect(Collectors.joining("; ")));
  }

  /** {@code deit_small − resnet50, random} or {@code ImageNet − random, resnet50}. */
  private static String comparison(Model first, Model second) {
    return first.initialisation().equals(second.initialisation())
        ? first.backbone() + " − " + second.backbone() + ", " + first.initialisation()
        : first.initialisation() + " − " + second.initialisation() + ", " + first.backbone();
  }

  private static String signed(String pattern, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, pattern, value).replace('-', '−');
  }

  private static String p(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    return value < SMALLEST_SHOWN ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** What the numbers mean, and what could not be compared. */
  static List<String> notes(ExperimentComparison comparison) {
    List<String> notes = new ArrayList<>();
    List<PairedComparison> tests = comparison.tests();
    if (!tests.isEmpty()) {
      notes.add(
          "Differences are means over repetitions with the same seed; interval and p by"
              + " hierarchical bootstrap over repetitions and patients or lesions (images where"
              + " none are known), Holm's correction for the %d differences of the table."
                  .formatted(tests.size()));
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
    notes.addAll(CostRows.notes(comparison.costs()));
    notes.addAll(comparison.notes());
    return notes;
  }
}
