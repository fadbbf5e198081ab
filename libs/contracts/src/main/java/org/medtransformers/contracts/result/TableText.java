package org.medtransformers.contracts.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.data.UsedSplit;

/**
 * The comparison as aligned text: one line per initialisation and model, one column per data set,
 * {@code median ± standard deviation (n)} in each cell, and what a cross-validation has instead.
 */
public final class TableText {
  private static final int SHORT_HASH = 12;

  private TableText() {}

  /**
   * Lines without trailing blanks, each ended by a newline; behind the table one for each data
   * set's splits.
   */
  public static String render(ComparisonTable table) {
    return AlignedText.render(rows(table)) + String.join("", splits(table));
  }

  /** What the numbers are, for the line above the table. */
  public static String title(ComparisonTable table) {
    List<String> parts = new ArrayList<>();
    if (table.columns().stream().anyMatch(c -> c.folds() == null)) {
      parts.add("test split, median ± standard deviation (n)");
    }
    if (table.columns().stream().anyMatch(c -> c.folds() != null)) {
      parts.add(
          "folds: the predictions of all folds together [95 % interval of percentiles over patients,"
              + " lesions or images], mean ± standard deviation of each fold by itself (folds)");
    }
    if (table.columns().stream().anyMatch(ComparisonTable.Column::synthetic)) {
      parts.add("synthetic images, drawn by a program: they say nothing of patients");
    }
    return String.join("; ", parts);
  }

  /** The head and one row per initialisation and model. */
  public static List<List<String>> rows(ComparisonTable table) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        concat(List.of("initialisation", "model"), table.columns().stream().map(TableText::head)));
    for (ComparisonTable.Row row : table.rows()) {
      rows.add(
          concat(
              List.of(row.initialisation(), row.backbone()),
              row.cells().stream().map(TableText::cell)));
    }
    return rows;
  }

  /** A line for the splits that each data set's numbers are of. */
  public static List<String> splits(ComparisonTable table) {
    return table.columns().stream()
        .filter(column -> !column.splits().isEmpty())
        .flatMap(TableText::splits)
        .toList();
  }

  /** {@code APTOS2019 split: seed-compatible 0123456789ab, 3 groups in more than one part}. */
  private static Stream<String> splits(ComparisonTable.Column column) {
    Stream<ComparisonTable.ColumnSplit> splits = column.splits().stream();
    return (column.folds() == null ? splits : Stream.of(together(column)))
        .map(
            s ->
                "%s split: %s %s%s%n"
                    .formatted(
                        column.dataset(),
                        s.kind(),
                        s.sha256().substring(0, SHORT_HASH),
                        leak(s.leakingGroups())));
  }

  /** The splits of all folds as one, called by the hash of their hashes. */
  private static ComparisonTable.ColumnSplit together(ComparisonTable.Column column) {
    List<ComparisonTable.ColumnSplit> splits = column.splits();
    List<Integer> leaking =
        splits.stream()
            .map(ComparisonTable.ColumnSplit::leakingGroups)
            .filter(Objects::nonNull)
            .toList();
    return new ComparisonTable.ColumnSplit(
        "%s, %d folds, %d rounds".formatted(splits.get(0).kind(), column.folds(), splits.size()),
        Sha256.of(
            splits.stream()
                .map(ComparisonTable.ColumnSplit::sha256)
                .sorted()
                .collect(Collectors.joining("\n"))),
        leaking.isEmpty() ? null : leaking.stream().mapToInt(g -> g).max().getAsInt());
  }

  private static String leak(Integer groups) {
    if (groups == null) {
      return ", no groups known: " + UsedSplit.WITHOUT_GROUPS;
    }
    return groups == 0
        ? ", no group in two parts"
        : ", %d groups in more than one part".formatted(groups);
  }

  /** {@code APTOS2019 cohen_kappa}; the metric is unknown until the data set has been read. */
  private static String head(ComparisonTable.Column column) {
    return column.dataset()
        + (column.metric() == null ? "" : " " + column.metric())
        + (column.synthetic() ? " (synthetic)" : "");
  }

  /**
   * {@code 0.812 ± 0.020 (2)}; {@code (1 of 2)} where runs are missing, no deviation for a single
   * run, {@code –} where nothing has been evaluated.
   */
  public static String cell(ComparisonTable.Cell cell) {
    if (cell != null && cell.folds() != null) {
      return folded(cell, cell.folds());
    }
    if (cell == null || cell.median() == null) {
      return "–";
    }
    String n = cell.n() == cell.planned() ? "" + cell.n() : cell.n() + " of " + cell.planned();
    return decimals(cell.median()) + deviation(cell.std()) + " (" + n + ")";
  }

  /**
   * {@code 0.812 [0.780, 0.843]; 0.805 ± 0.031 (5 folds)}; {@code 0.812 ± 0.004 […]; … (2 × 5
   * folds)} of several divisions or seeds; {@code (only 4 of 5 folds)} where none is whole, {@code
   * (1 of 2 × 5 folds)} where others are.
   */
  private static String folded(ComparisonTable.Cell cell, ComparisonTable.Folds folds) {
    String pooled =
        folds.pooled() == null
            ? "–"
            : decimals(folds.pooled())
                + deviation(cell.std())
                + " [%s, %s]".formatted(decimals(folds.low()), decimals(folds.high()));
    return "%s; %s%s (%s)"
        .formatted(pooled, decimals(folds.mean()), deviation(folds.std()), covered(cell, folds));
  }

  private static String covered(ComparisonTable.Cell cell, ComparisonTable.Folds folds) {
    int planned = cell.planned() * folds.of();
    if (cell.n() == 0) {
      return "only %d of %d folds".formatted(folds.evaluated(), planned);
    }
    String times = cell.planned() == 1 ? "" : cell.planned() + " × ";
    String whole = cell.n() == cell.planned() ? "" : cell.n() + " of ";
    return whole + times + folds.of() + " folds";
  }

  private static String deviation(Double std) {
    return std == null ? "" : " ± " + decimals(std);
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static List<String> concat(List<String> labels, Stream<String> cells) {
    return Stream.concat(labels.stream(), cells).toList();
  }
}
