package org.medtransformers.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.AcrossFolds;
import org.medtransformers.contracts.result.PairedComparison.Claim;
import org.medtransformers.contracts.result.PairedComparison.McNemarResult;

/** What a comparison's other tables leave out because few look for it. */
final class DetailRows {
  private DetailRows() {}

  /** Each value that a median of the table is of. */
  static List<List<String>> values(ComparisonTable table) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("data set", "model", "initialisation", "n", "median", "each value"));
    for (ComparisonTable.Row row : table.rows()) {
      for (int c = 0; c < row.cells().size(); c++) {
        Cell cell = row.cells().get(c);
        if (cell != null) {
          rows.add(
              List.of(
                  table.columns().get(c).dataset(),
                  row.backbone(),
                  row.initialisation(),
                  "%d of %d".formatted(cell.n(), cell.planned()),
                  Rounding.metric(cell.median()),
                  metrics(cell.values())));
        }
      }
    }
    return rows;
  }

  private static String metrics(List<Double> values) {
    return values.stream().map(Rounding::metric).collect(Collectors.joining(", "));
  }

  /** How the difference of each pair was found. */
  static List<List<String>> draws(List<PairedComparison> tests) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "data set", "comparison", "drawn", "draws", "interval", "standard error", "decision"));
    tests.forEach(test -> rows.add(draws(test)));
    return rows;
  }

  private static List<String> draws(PairedComparison test) {
    Claim claim = test.claim();
    return List.of(
        test.dataset(),
        PairedComparisonRows.comparison(test.first(), test.second()),
        "%s %ss".formatted(Rounding.count((long) claim.units()), claim.unit()),
        Rounding.count((long) test.difference().draws()),
        test.difference().method().key(),
        Rounding.decimals("%.4f", claim.standardError()),
        claim.decision() == null ? Rounding.NONE : claim.decision().key().replace('_', ' '));
  }

  /** McNemar's test of each pair of trainings. */
  static List<List<String>> mcNemar(List<PairedComparison> tests) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "data set", "comparison", "seed", "first only : second only", "test", "p", "p (Holm)"));
    tests.forEach(test -> test.perSeed().forEach(own -> rows.add(mcNemar(test, own))));
    return rows;
  }

  private static List<String> mcNemar(PairedComparison test, McNemarResult own) {
    return List.of(
        test.dataset(),
        PairedComparisonRows.comparison(test.first(), test.second()),
        own.seed() + (own.division() == null ? "" : ", division %d".formatted(own.division())),
        own.firstOnly() + " : " + own.secondOnly(),
        own.exact() ? "exact" : "chi-squared",
        Rounding.p(own.p()),
        Rounding.p(own.pHolm()));
  }

  /** The differences from fold to fold; only the head without a cross-validation. */
  static List<List<String>> folds(List<PairedComparison> tests) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "data set",
            "comparison",
            "images trained : tested",
            "mean",
            "difference of each fold"));
    tests.stream()
        .filter(test -> test.folds() != null)
        .forEach(test -> rows.add(folds(test, test.folds())));
    return rows;
  }

  private static List<String> folds(PairedComparison test, AcrossFolds folds) {
    return List.of(
        test.dataset(),
        PairedComparisonRows.comparison(test.first(), test.second()),
        Rounding.decimals("%.1f", folds.train()) + " : " + Rounding.decimals("%.1f", folds.test()),
        Rounding.difference(folds.mean()),
        folds.differences().stream().map(Rounding::difference).collect(Collectors.joining(", ")));
  }

  /** p of Nemenyi's test for each two models, and the values that they are ranked by. */
  static List<List<String>> nemenyi(ModelRanks ranks) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("model", "means"));
    IntStream.rangeClosed(1, ranks.models().size()).forEach(m -> head.add("p with " + m));
    rows.add(head);
    for (int i = 0; i < ranks.models().size(); i++) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  "%d: %s".formatted(i + 1, ranks.models().get(i).model()),
                  metrics(ranks.models().get(i).values())));
      ranks.nemenyi().get(i).forEach(p -> row.add(Rounding.p(p)));
      rows.add(row);
    }
    return rows;
  }
}
