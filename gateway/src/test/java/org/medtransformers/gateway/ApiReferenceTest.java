package org.medtransformers.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.Topics;

/** The reference for people leaves nothing out. */
class ApiReferenceTest {
  private final List<String> lines;

  ApiReferenceTest() throws IOException {
    lines = Files.readAllLines(Path.of("..", "docs", "api.md"));
  }

  @Test
  void everyEventTypeAndTopicIsListed() {
    Stream<String> topics = Topics.all().stream().filter(t -> !t.endsWith(".dlq"));
    Stream<String> types = EventTypes.all().stream().map(EventTypes.EventType::name);
    Stream.concat(topics, types).forEach(name -> requireRow("`" + name + "`"));
  }

  @Test
  void everyErrorCodeIsListedWithItsStatus() {
    Arrays.stream(ErrorCode.values())
        .forEach(code -> requireRow("`" + code + "` | " + code.status()));
  }

  private void requireRow(String text) {
    assertTrue(
        lines.stream().anyMatch(l -> l.startsWith("|") && l.contains(text)),
        "docs/api.md has no row with " + text);
  }
}
