package org.medtransformers.gateway.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.TableText;

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
          Map.entry((int) '→', "$\\rightarrow$"));
  private static final String ESCAPED = "&%$#_{}";

  private LatexReport() {}

  static String render(ExperimentComparison comparison) {
    StringBuilder text = new StringBuilder();
    comment(text, Titles.of(comparison));
    TableText.splits(comparison.table()).forEach(s -> comment(text, s.strip()));
    tabular(text, TableText.rows(comparison.table()));
    if (!comparison.tests().isEmpty()) {
      text.append('\n');
      tabular(text, PairedComparisonRows.of(comparison.tests()));
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
