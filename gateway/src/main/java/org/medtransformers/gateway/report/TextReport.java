package org.medtransformers.gateway.report;

import java.util.stream.Collectors;
import org.medtransformers.contracts.result.AlignedText;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.TableText;
import org.medtransformers.gateway.report.PairedComparisonRows.DatasetTests;

/** For a terminal. */
final class TextReport {
  private TextReport() {}

  static String render(ExperimentComparison comparison) {
    StringBuilder text = new StringBuilder(Titles.of(comparison)).append("\n\n");
    text.append(TableText.render(comparison.table()));
    for (DatasetTests own : PairedComparisonRows.of(comparison)) {
      text.append('\n').append(own.sentence()).append("\n\n");
      text.append(AlignedText.render(own.claims())).append('\n');
      text.append(AlignedText.render(own.tests()));
    }
    if (comparison.ranks() != null) {
      text.append('\n').append(RankRows.title(comparison.ranks())).append("\n\n");
      text.append(AlignedText.render(RankRows.of(comparison.ranks())));
    }
    for (LabelEfficiency efficiency : comparison.labelEfficiency()) {
      text.append('\n').append(LabelEfficiencyRows.title(efficiency)).append("\n\n");
      text.append(AlignedText.render(LabelEfficiencyRows.of(efficiency)));
    }
    if (!comparison.costs().isEmpty()) {
      text.append('\n').append(AlignedText.render(CostRows.of(comparison.costs())));
    }
    String notes =
        PairedComparisonRows.notes(comparison).stream()
            .map(n -> n + "\n")
            .collect(Collectors.joining());
    return text + (notes.isEmpty() ? "" : "\n" + notes);
  }
}
