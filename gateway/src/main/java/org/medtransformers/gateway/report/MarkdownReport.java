package org.medtransformers.gateway.report;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.TableText;
import org.medtransformers.gateway.report.PairedComparisonRows.DatasetTests;

/** Tables of GitHub's Markdown. */
final class MarkdownReport {
  private MarkdownReport() {}

  static String render(ExperimentComparison comparison) {
    StringBuilder text = new StringBuilder(escaped(Titles.of(comparison))).append("\n\n");
    text.append(table(TableText.rows(comparison.table())));
    for (DatasetTests own : PairedComparisonRows.of(comparison)) {
      text.append('\n').append(escaped(own.sentence())).append("\n\n");
      text.append(table(own.claims())).append('\n').append(table(own.tests()));
    }
    if (comparison.ranks() != null) {
      text.append('\n').append(escaped(RankRows.title(comparison.ranks()))).append("\n\n");
      text.append(table(RankRows.of(comparison.ranks())));
    }
    for (LabelEfficiency efficiency : comparison.labelEfficiency()) {
      text.append('\n').append(escaped(LabelEfficiencyRows.title(efficiency))).append("\n\n");
      text.append(table(LabelEfficiencyRows.of(efficiency)));
    }
    if (!comparison.costs().isEmpty()) {
      text.append('\n').append(table(CostRows.of(comparison.costs())));
    }
    TableText.splits(comparison.table()).forEach(s -> text.append("\n").append(escaped(s)));
    PairedComparisonRows.notes(comparison)
        .forEach(n -> text.append('\n').append(escaped(n)).append('\n'));
    return text.toString();
  }

  private static String table(List<List<String>> rows) {
    return line(rows.get(0).stream().map(MarkdownReport::escaped).toList())
        + line(Collections.nCopies(rows.get(0).size(), "---"))
        + rows.stream()
            .skip(1)
            .map(row -> line(row.stream().map(MarkdownReport::escaped).toList()))
            .collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String escaped(String text) {
    return text.replaceAll("([\\\\`*_<>|\\[\\]])", "\\\\$1");
  }
}
