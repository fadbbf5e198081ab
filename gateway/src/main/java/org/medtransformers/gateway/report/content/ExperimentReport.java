package org.medtransformers.gateway.report.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.medtransformers.gateway.document.Block;
import org.medtransformers.gateway.document.Document;
import org.medtransformers.gateway.document.Document.Section;
import org.medtransformers.gateway.report.ComparisonBlocks;

/** The report of an experiment, from the verdict to what makes it again. */
final class ExperimentReport {
  private ExperimentReport() {}

  static Document of(Study study) {
    List<Section> sections =
        Stream.of(
                Optional.of(VerdictSection.of(study)),
                Optional.of(DataSection.of(study)),
                Optional.of(Methods.of(study)),
                Optional.of(ResultsSection.of(study)),
                section("figures", "Figures", List.copyOf(study.figures())),
                Optional.of(Limits.section(study)),
                Optional.of(Checklist.of(study)),
                section("costs", "Costs", costs(study)),
                Optional.of(Reproduction.of(study)))
            .flatMap(Optional::stream)
            .toList();
    return new Document(study.experiment().name(), subtitle(study), sections);
  }

  private static String subtitle(Study study) {
    return "Report of experiment %s, %s, by medtransformers %s"
        .formatted(
            study.experiment().id(),
            study.ended() == null
                ? "accepted " + Words.time(study.experiment().created())
                : "ended " + Words.time(study.ended()),
            study.version());
  }

  private static List<Block> costs(Study study) {
    List<Block> blocks = new ArrayList<>(ComparisonBlocks.costs(study.comparison()));
    if (!blocks.isEmpty()) {
      ComparisonBlocks.costNotes(study.comparison()).forEach(n -> blocks.add(new Block.Note(n)));
    }
    return blocks;
  }

  /** Nothing where it would be empty. */
  private static Optional<Section> section(String id, String title, List<Block> blocks) {
    return blocks.isEmpty() ? Optional.empty() : Optional.of(new Section(id, title, blocks));
  }
}
