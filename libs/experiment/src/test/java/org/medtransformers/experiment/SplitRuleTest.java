package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.MedtransException;

class SplitRuleTest {

  @Test
  void eachKindHasItsOwnDefaults() {
    assertEquals(Json.parse("{\"kind\": \"seed-compatible\"}"), resolved("{}"));
    assertEquals(
        Json.parse("{\"kind\": \"grouped\", \"fractions\": [0.7, 0.15, 0.15]}"),
        resolved("{\"kind\": \"grouped\"}"));
    assertEquals(
        Json.parse("{\"kind\": \"kfold\", \"group_column\": \"pid\", \"folds\": 5, \"fold\": 4}"),
        resolved("{\"kind\": \"kfold\", \"fold\": 4, \"group_column\": \"pid\"}"));
  }

  @Test
  void validationShareMayBeZero() {
    assertFalse(resolved("{\"kind\": \"grouped\", \"fractions\": [0.8, 0, 0.2]}").isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind': 'random'} | split.kind: found",
        "[] | split: found [], allowed: an object",
        "{'fractions': [0.7, 0.15, 0.15]} | split.fractions: given with kind \"seed-compatible\","
            + " allowed with \"grouped\"",
        "{'kind': 'grouped', 'fold': 1} | split.fold: given with kind \"grouped\", allowed with"
            + " \"kfold\"",
        "{'kind': 'grouped', 'fraction': 1} | split.fraction: unknown key, did you mean fractions?",
        "{'kind': 'grouped', 'fractions': [0.7, 0.1, 0.1]} | split.fractions: found [0.7,0.1,0.1]",
        "{'kind': 'grouped', 'fractions': [0, 0.5, 0.5]} | split.fractions: found [0,0.5,0.5]",
        "{'kind': 'grouped', 'fractions': [0.5, 0.5, 0]} | split.fractions: found [0.5,0.5,0]",
        "{'kind': 'grouped', 'fractions': [1.5, -0.5, 0]} | split.fractions[0]: found 1.5",
        "{'kind': 'grouped', 'fractions': [1]} | split.fractions: found [1]",
        "{'kind': 'kfold', 'folds': 2} | split.folds: found 2, allowed: a whole number from 3",
        "{'kind': 'kfold', 'folds': 4, 'fold': 4} | split.fold: found 4, allowed: from 0 to 3",
        "{'group_column': ''} | split.group_column: found \"\"",
        "{'group_pattern': '(p.)'} | split.group_pattern: found \"(p.)\", allowed: a regular",
        "{'group_pattern': '(?<group>p'} | split.group_pattern: found",
        "{'group_pattern': '(?<group>(a+)+)\\\\1'} | split.group_pattern: found",
        "{'group_pattern': 1} | split.group_pattern: found 1",
        "{'group_pattern': '(?<group>p.)', 'group_column': 'p'} | split.group_pattern: given with",
      })
  void mistakeIsNamedByItsPath(String json, String message) {
    MedtransException e =
        assertThrows(MedtransException.class, () -> resolved(json.replace('\'', '"')));
    assertEquals(message, e.getMessage().substring(0, message.length()));
  }

  private static JsonNode resolved(String json) {
    Findings findings = new Findings();
    JsonNode resolved = SplitRule.split().resolve("split", Json.parse(json), findings, false);
    findings.throwErrors();
    return resolved;
  }
}
