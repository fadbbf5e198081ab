package org.medtransformers.gateway.report;

import java.util.stream.Collectors;
import org.medtransformers.contracts.result.AlignedText;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.TableText;

/** For a terminal. */
final class TextReport {
  private TextReport() {}

  static String render(ExperimentComparison comparison) {
    StringBuilder text = new StringBuilder(Titles.of(comparison)).append("\n\n");
    text.append(TableText.render(comparison.table()));
    if (!comparison.tests().isEmpty()) {
      text.append('\n').append(AlignedText.render(PairedComparisonRows.of(comparison.tests())));
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
