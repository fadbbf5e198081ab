package org.medtransformers.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.contracts.result.ModelRanks.Ranked;

/** Ranks of models over several data sets as rows of a table, and what explains them. */
final class RankRows {
  /** Demšar's rule of thumb for Friedman's chi-squared to be near: more of both. */
  private static final int FEW_SETS = 10;

  private static final int FEW_MODELS = 5;

  private RankRows() {}

  /**
   * The head and one row per model, the best first; those that share a letter are not told apart.
   */
  static List<List<String>> of(ModelRanks ranks) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("mean rank", "initialisation", "model", "not told apart"));
    for (int i = 0; i < ranks.models().size(); i++) {
      Ranked model = ranks.models().get(i);
      rows.add(
          List.of(
              number(model.rank()),
              model.model().initialisation(),
              model.model().backbone(),
              letters(ranks, i)));
    }
    return rows;
  }

  private static String letters(ModelRanks ranks, int model) {
    List<List<Integer>> sets = ranks.indistinguishable();
    String letters =
        IntStream.range(0, sets.size())
            .filter(set -> sets.get(set).contains(model))
            .mapToObj(set -> Character.toString('a' + set))
            .collect(Collectors.joining());
    return letters.isEmpty() ? Rounding.NONE : letters;
  }

  /** What is ranked, and whether it shows more than chance. */
  static String title(ModelRanks ranks) {
    String friedman =
        Double.isNaN(ranks.p())
            ? "all models tie on all of them"
            : "Friedman's χ² %s (%d), p %s"
                .formatted(
                    number(ranks.chiSquare()), ranks.degreesOfFreedom(), Rounding.p(ranks.p()));
    return "Ranks over %d data sets (%s): %s; critical difference %s (Nemenyi, %.0f %%)%s"
        .formatted(
            ranks.datasets().size(),
            String.join(", ", ranks.datasets()),
            friedman,
            number(ranks.criticalDifference()),
            100 * ranks.alpha(),
            ranks.differ() ? "." : "; no difference is found, so the ranks are no order.");
  }

  /** How ranks are to be read. */
  static List<String> notes(ModelRanks ranks) {
    if (ranks == null) {
      return List.of();
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "Ranks are of the mean over the trainings, each data set by its own metric, 1 the best"
            + " (Demšar, 2006).");
    if (ranks.datasets().size() <= FEW_SETS || ranks.models().size() <= FEW_MODELS) {
      notes.add(
          "Friedman's and Nemenyi's tests are approximations for more than %d data sets and %d models; with %d and %d a difference that is there is rarely found."
              .formatted(FEW_SETS, FEW_MODELS, ranks.datasets().size(), ranks.models().size()));
    }
    return notes;
  }

  /** A line per model with its numbers in full; p of Nemenyi's test with the model of each line. */
  static String csv(ModelRanks ranks) {
    List<String> head =
        new ArrayList<>(
            List.of(
                "initialisation",
                "model",
                "mean_rank",
                "datasets",
                "models",
                "friedman_chi_square",
                "friedman_df",
                "friedman_p",
                "alpha",
                "critical_difference"));
    int models = ranks == null ? 0 : ranks.models().size();
    IntStream.rangeClosed(1, models).forEach(m -> head.add("nemenyi_p_" + m));
    return CsvReport.csv(head, IntStream.range(0, models).mapToObj(m -> line(ranks, m)).toList());
  }

  private static List<Object> line(ModelRanks ranks, int number) {
    Ranked model = ranks.models().get(number);
    List<Object> line =
        new ArrayList<>(
            List.of(
                model.model().initialisation(),
                model.model().backbone(),
                model.rank(),
                ranks.datasets().size(),
                ranks.models().size(),
                ranks.chiSquare(),
                ranks.degreesOfFreedom(),
                ranks.p(),
                ranks.alpha(),
                ranks.criticalDifference()));
    line.addAll(ranks.nemenyi().get(number));
    return line;
  }

  private static String number(double value) {
    return Rounding.decimals("%.2f", value);
  }
}
