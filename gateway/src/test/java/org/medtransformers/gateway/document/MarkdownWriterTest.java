package org.medtransformers.gateway.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.gateway.document.Block.Paragraph;

class MarkdownWriterTest {
  /** What begins a list is escaped, and a backslash before a digit would be seen. */
  @ParameterizedTest
  @CsvSource({
    "2. Kohorte: undecided, 2\\. Kohorte: undecided",
    "12) eyes, 12\\) eyes",
    "- eyes, \\- eyes",
    "+ eyes, \\+ eyes",
    "# eyes, \\# eyes",
    "0.5 of them, 0\\.5 of them",
    "2 - 3, 2 - 3"
  })
  void aNameThatBeginsLikeAListIsText(String text, String written) {
    assertEquals(written + "\n", MarkdownWriter.write(List.of(new Paragraph(text))));
  }
}
