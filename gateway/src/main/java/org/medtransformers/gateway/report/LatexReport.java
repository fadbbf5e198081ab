package org.medtransformers.gateway.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.TableText;
import org.medtransformers.gateway.report.PairedComparisonRows.DatasetTests;

/** Tables for a paper; they need the package booktabs. */
final class LatexReport {
  private static final Map<Integer, String> SPECIAL =
      Map.ofEntries(
          Map.entry((int) '\\', "\\textbackslash{}"),
          Map.entry((int) '~', "\\textasciitilde{}"),
          Map.entry((int) '^', "\\textasciicircum{}"),
          // Else the one that begins a row would be an argument of the line end before it.
          Map.entry((int) '[', "{[}"),
          Map.entry((int) ']', "{]}"),
          Map.entry((int) '<', "$<$"),
          Map.entry((int) '>', "$>$"),
          Map.entry((int) '±', "$\\pm$"),
          Map.entry((int) '×', "$\\times$"),
          Map.entry((int) '−', "$-$"),
          Map.entry((int) '–', "--"),
          Map.entry((int) 'χ', "$\\chi$"),
          Map.entry((int) '²', "$^2$"),
          Map.entry((int) '→', "$\\rightarrow$"));
  private static final String ESCAPED = "&%$#_{}";

  private LatexReport() {}

  static String render(ExperimentComparison comparison) {
    StringBuilder text = new StringBuilder();
    comment(text, Titles.of(comparison));
    TableText.splits(comparison.table()).forEach(s -> comment(text, s.strip()));
    tabular(text, TableText.rows(comparison.table()));
    for (DatasetTests own : PairedComparisonRows.of(comparison)) {
      paragraph(text, own.sentence());
      tabular(text, own.claims());
      text.append('\n');
      tabular(text, own.tests());
    }
    if (comparison.ranks() != null) {
      paragraph(text, RankRows.title(comparison.ranks()));
      tabular(text, RankRows.of(comparison.ranks()));
    }
    for (LabelEfficiency efficiency : comparison.labelEfficiency()) {
      text.append('\n');
      comment(text, LabelEfficiencyRows.title(efficiency));
      tabular(text, LabelEfficiencyRows.of(efficiency));
    }
    if (!comparison.costs().isEmpty()) {
      text.append('\n');
      tabular(text, CostRows.of(comparison.costs()));
    }
    PairedComparisonRows.notes(comparison).forEach(n -> comment(text, n));
    return text.toString();
  }

  private static void comment(StringBuilder text, String line) {
    text.append("% ").append(line.replaceAll("\\R", " ")).append('\n');
  }

  private static void paragraph(StringBuilder text, String sentence) {
    text.append('\n').append(escaped(sentence)).append("\n\n");
  }

  private static void tabular(StringBuilder text, List<List<String>> rows) {
    int columns = rows.get(0).size();
    text.append("\\begin{tabular}{").append("l".repeat(columns)).append("}\n\\toprule\n");
    text.append(line(rows.get(0))).append("\\midrule\n");
    rows.stream().skip(1).forEach(row -> text.append(line(row)));
    text.append("\\bottomrule\n\\end{tabular}\n");
  }

  private static String line(List<String> cells) {
    return cells.stream().map(LatexReport::escaped).collect(Collectors.joining(" & ")) + " \\\\\n";
  }

  private static String escaped(String text) {
    return text.codePoints().mapToObj(LatexReport::escaped).collect(Collectors.joining());
  }

  private static String escaped(int codePoint) {
    String plain = Character.toString(codePoint);
    return ESCAPED.contains(plain) ? "\\" + plain : SPECIAL.getOrDefault(codePoint, plain);
  }
}
