package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "experiment-file.md");

  @Test
  void everyKeyIsDocumented() throws IOException {
    Set<String> names = new TreeSet<>();
    ExperimentKeys.all().forEach(key -> names.add(key.path().replaceFirst(".*\\.", "")));
    String page = Files.readString(PAGE);
    names.removeIf(name -> page.matches("(?s).*\\b" + name + "\\b.*"));
    assertEquals(Set.of(), names);
  }
}
