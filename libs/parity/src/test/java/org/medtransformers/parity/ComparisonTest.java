package org.medtransformers.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.MedtransException;

class ComparisonTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void aDeviationCountsInUnitsOfItsTolerance() {
    JsonNode check = Json.parse("{\"expected\": [10, -20], \"atol\": 0.5, \"rtol\": 0.05}");
    Verdict verdict = compare(check, 10.5, -20);
    assertEquals(0.5, verdict.worst(), 1e-12);
    assertTrue(verdict.passed());
    assertEquals(2 / 1.5, compare(check, 10, -22).worst(), 1e-12);
    assertFalse(compare(check, 10, -22).passed());
  }

  @Test
  void tolerancesMayBeOnePerEntry() {
    JsonNode check = Json.parse("{\"expected\": [[1], [1]], \"atol\": [0.1, 0.2]}");
    assertEquals(1, compare(check, 1.1, 1.2).worst(), 1e-9);
    JsonNode tooFew = Json.parse("{\"expected\": [1, 1, 1], \"atol\": [0.1, 0.2]}");
    assertFalse(compare(tooFew, 1, 1, 1).passed());
  }

  @Test
  void withoutToleranceOnlyEqualNumbersPass() {
    JsonNode check = Json.parse("{\"expected\": 0.1}");
    assertEquals(0, compare(check, 0.1).worst());
    assertEquals(INFINITY, compare(check, Math.nextUp(0.1)).worst());
  }

  @Test
  void nanAndInfinitiesEqualThemselvesOnly() {
    JsonNode check =
        Json.parse("{\"expected\": [\"NaN\", \"Infinity\", \"-Infinity\", 1], \"atol\": 9}");
    assertTrue(compare(check, Double.NaN, INFINITY, -INFINITY, 1).passed());
    assertEquals(INFINITY, compare(check, 1, INFINITY, -INFINITY, 1).worst());
    assertEquals(INFINITY, compare(check, Double.NaN, -INFINITY, -INFINITY, 1).worst());
    assertEquals(INFINITY, compare(check, Double.NaN, INFINITY, -INFINITY, Double.NaN).worst());
  }

  @Test
  void anotherNumberOfEntriesFails() {
    assertFalse(compare(Json.parse("{\"expected\": [1, 2], \"atol\": 1}"), 1).passed());
  }

  @Test
  void aToleranceThatAllowsEverythingIsRefused() {
    for (String atol : new String[] {"\"Infinity\"", "\"NaN\"", "-1", "\"much\"", "{}"}) {
      JsonNode check = Json.parse("{\"expected\": 1, \"atol\": " + atol + "}");
      assertThrows(MedtransException.class, () -> compare(check, 1), atol);
    }
  }

  @Test
  void aKeyThatIsNotComparedFails() {
    Comparison comparison = new Comparison();
    Section section =
        comparison.section(
            "expected", Json.parse("{\"a\": 1, \"b\": {\"c\": 2}, \"margin\": 3, \"d\": 4}"));
    section.compare("a", 1, Tolerance.EXACT);
    section.section("b");
    section.informational("margin");
    section.take("d");
    Verdict verdict = comparison.verdict("group", "case");
    assertFalse(verdict.passed());
    assertEquals("expected.b.c is an unknown key", verdict.message());
  }

  @Test
  void aCheckWithAKeyThatIsUnknownFails() {
    assertFalse(compare(Json.parse("{\"expected\": 1, \"ulp\": 2}"), 1).passed());
    assertFalse(compare(Json.parse("{\"expected\": [1], \"count\": 2}"), 1).passed());
    assertTrue(compare(Json.parse("{\"expected\": [1], \"count\": 1, \"seen\": 0}"), 1).passed());
  }

  @Test
  void nothingComparedFails() {
    Verdict verdict = new Comparison().verdict("group", "case");
    assertFalse(verdict.passed());
    assertTrue(Double.isNaN(verdict.worst()));
  }

  private static Verdict compare(JsonNode check, double... found) {
    Comparison comparison = new Comparison();
    JsonNode object = Json.mapper().createObjectNode().set("value", check);
    comparison.section("expected", object).compare("value", found);
    return comparison.verdict("group", "case");
  }
}
