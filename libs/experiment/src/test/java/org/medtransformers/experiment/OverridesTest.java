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
  void namesThePathInTheError() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Overrides.set(document, "a.b[7]", IntNode.valueOf(9)));
    assertEquals("a.b[7]: there is no 7 to set", e.getMessage());
  }
}
