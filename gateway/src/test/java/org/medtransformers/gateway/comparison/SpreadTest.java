package org.medtransformers.gateway.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** By hand: of 2, 4, 4, 4, 5, 5, 7, 9 the mean is 5 and the squares sum up to 32. */
class SpreadTest {
  private static final List<Double> VALUES = List.of(9.0, 2.0, 4.0, 5.0, 4.0, 7.0, 4.0, 5.0);

  @Test
  void theMedianIsTheMiddle() {
    assertEquals(4.5, Spread.median(VALUES));
    assertEquals(3.0, Spread.median(List.of(10.0, 3.0, 1.0)));
    assertEquals(0.25, Spread.median(List.of(0.25)));
  }

  @Test
  void theDeviationDividesByOneLess() {
    assertEquals(Math.sqrt(32.0 / 7), Spread.standardDeviation(VALUES), 1e-15);
    assertEquals(Math.sqrt(0.5), Spread.standardDeviation(List.of(1.0, 2.0)), 1e-15);
  }

  @Test
  void aSingleValueHasNoDeviation() {
    assertNull(Spread.standardDeviation(List.of(0.5)));
  }

  @Test
  void anUndefinedValueIsNotHidden() {
    assertTrue(Double.isNaN(Spread.median(List.of(0.1, Double.NaN, 0.3))));
    assertTrue(Double.isNaN(Spread.standardDeviation(List.of(0.1, Double.NaN))));
  }
}
