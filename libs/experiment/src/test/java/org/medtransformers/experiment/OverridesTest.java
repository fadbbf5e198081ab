package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;

class OverridesTest {
  private final ObjectNode document =
      (ObjectNode) Json.parse("{\"a\": {\"b\": [1, [2, 3]]}, \"s\": 1}");

  @ParameterizedTest
  @CsvSource({"a.b[0],/a/b/0", "a.b[1][1],/a/b/1/1", "s,/s", "new.deep.key,/new/deep/key"})
  void setsWhatThePathNames(String path, String pointer) {
    Overrides.set(document, path, IntNode.valueOf(9));
    assertEquals(9, document.at(pointer).intValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a.", ".a", "a..b", "[0]", "a[x]", "a.b[2]", "s.t", "a.b[0].c", "a[0]"})
  void refusesAPathThatLeadsNowhere(String path) {
    assertThrows(
        IllegalArgumentException.class, () -> Overrides.set(document, path, IntNode.valueOf(9)));
  }

  @Test
  void aPathHasAtMost32Steps() {
    Overrides.set(document, "n.".repeat(31) + "n", IntNode.valueOf(9));
    assertEquals(9, document.at("/n".repeat(32)).intValue());
    assertEquals(
        "n.".repeat(32) + "n: a JSON path of 33 steps, allowed: 32",
        refusal("n.".repeat(32) + "n").getMessage());
  }

  @Test
  void aPathHasAtMost500Characters() {
    Overrides.set(document, "n".repeat(500), IntNode.valueOf(9));
    assertEquals(9, document.at("/" + "n".repeat(500)).intValue());
    assertEquals(
        "n".repeat(50) + "…: a JSON path of 501 characters, allowed: 500",
        refusal("n".repeat(501)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.", "a[0]", "[0]", "."})
  void aPathOfThousandsOfStepsIsRefusedLikeAnyOther(String step) {
    assertEquals(
        500_000 / step.length() * step.length() + 1 + " characters",
        refusal(step.repeat(500_000 / step.length()) + "b")
            .getMessage()
            .replaceAll(".*JSON path of (\\d+ characters).*", "$1"));
  }

  private IllegalArgumentException refusal(String path) {
    return assertThrows(
        IllegalArgumentException.class, () -> Overrides.set(document, path, IntNode.valueOf(9)));
  }

  @Test
  void namesThePathInTheError() {
    assertEquals("a.b[7]: there is no 7 to set", refusal("a.b[7]").getMessage());
  }
}
