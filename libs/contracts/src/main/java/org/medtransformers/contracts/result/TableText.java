package org.medtransformers.contracts.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.UsedSplit;

/**
 * The comparison as aligned text: one line per initialisation and model, one column per data set,
 * {@code median ± standard deviation (n)} in each cell.
 */
public final class TableText {
  private static final int SHORT_HASH = 12;

  private TableText() {}

  /**
   * Lines without trailing blanks, each ended by a newline; behind the table one for every split
   * that the numbers are of.
   */
  public static String render(ComparisonTable table) {
    return AlignedText.render(rows(table)) + String.join("", splits(table));
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

  /** A line for every split that the numbers are of. */
  public static List<String> splits(ComparisonTable table) {
    return table.columns().stream().flatMap(TableText::splits).toList();
  }

  /** {@code APTOS2019 split: seed-compatible 0123456789ab, 3 groups in more than one part}. */
  private static Stream<String> splits(ComparisonTable.Column column) {
    return column.splits().stream()
        .map(
            s ->
                "%s split: %s %s%s%n"
                    .formatted(
                        column.dataset(),
                        s.kind(),
                        s.sha256().substring(0, SHORT_HASH),
                        leak(s.leakingGroups())));
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
  static String cell(ComparisonTable.Cell cell) {
    if (cell == null || cell.median() == null) {
      return "–";
    }
    String n = cell.n() == cell.planned() ? "" + cell.n() : cell.n() + " of " + cell.planned();
    String deviation = cell.std() == null ? "" : " ± " + decimals(cell.std());
    return decimals(cell.median()) + deviation + " (" + n + ")";
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static List<String> concat(List<String> labels, Stream<String> cells) {
    return Stream.concat(labels.stream(), cells).toList();
  }
}
