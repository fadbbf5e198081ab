package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class CorrectedResampledTTest {
  @Test
  void theNumbersAreScipys() {
    JsonNode cases = Claims.reference().path("corrected_t");
    assertEquals(5, cases.size());
    for (JsonNode expected : cases) {
      CorrectedResampledT found =
          CorrectedResampledT.of(
              Claims.numbers(expected.path("differences")),
              expected.path("train").doubleValue(),
              expected.path("test").doubleValue());
      assertEquals(expected.path("mean").doubleValue(), found.mean(), 1e-15);
      assertEquals(expected.path("t").doubleValue(), found.t(), 1e-10);
      assertEquals(expected.path("degrees_of_freedom").intValue(), found.degreesOfFreedom());
      double p = expected.path("p").doubleValue();
      assertEquals(p, found.p(), 1e-9 * p);
    }
  }

  @Test
  void differencesThatDoNotVaryOrStandAloneAreNoTest() {
    for (double[] differences : new double[][] {{0.1}, {0.1, 0.1, 0.1}, {0, 0}}) {
      CorrectedResampledT found = CorrectedResampledT.of(differences, 80, 20);
      assertEquals(differences[0], found.mean(), 1e-15);
      assertTrue(Double.isNaN(found.t()));
      assertTrue(Double.isNaN(found.p()));
    }
  }

  @Test
  void whatIsNoDifferenceAndNoDivisionIsRefused() {
    double[] some = {0.1, 0.2};
    assertThrows(
        IllegalArgumentException.class, () -> CorrectedResampledT.of(new double[0], 80, 20));
    assertThrows(
        IllegalArgumentException.class,
        () -> CorrectedResampledT.of(new double[] {0.1, Double.NaN}, 80, 20));
    assertThrows(IllegalArgumentException.class, () -> CorrectedResampledT.of(some, 0, 20));
    assertThrows(
        IllegalArgumentException.class, () -> CorrectedResampledT.of(some, 80, Double.NaN));
  }
}
