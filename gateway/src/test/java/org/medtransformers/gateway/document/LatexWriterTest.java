package org.medtransformers.gateway.document;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.gateway.document.Block.Paragraph;
import org.medtransformers.gateway.document.Block.Table;
import org.medtransformers.gateway.document.Document.Section;

class LatexWriterTest {
  /** {@code \\} takes a star that follows it for its own, over the end of the line. */
  @Test
  void aRowThatBeginsWithAStarKeepsIt() {
    Table table = new Table("", List.of(List.of("class", "n"), List.of("*x", "1")));
    String latex = LatexWriter.fragment(List.of(table));
    assertTrue(latex.contains("\n{}*x & 1 \\\\\n"), latex);
  }

  /** Those of Łódź are in the fonts, those of 肺 are not; which, only LaTeX knows. */
  @Test
  void onlyLettersThatLatexDoesNotKnowAreReplaced() {
    Section section = new Section("a", "a", List.of(new Paragraph("Łódź")));
    String latex = LatexWriter.write(new Document("肺", "b", List.of(section)));
    for (String letter : List.of("Ł", "ź", "肺")) {
      assertTrue(
          latex.contains("\\ifcsname u8:\\detokenize{%s}\\endcsname\\else".formatted(letter)),
          latex);
    }
  }
}
