package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class RanksTest {
  @Test
  void theStudentizedRangeIsScipys() {
    JsonNode grid = Claims.reference().at("/studentized_range/survival");
    assertEquals(48, grid.size());
    for (JsonNode row : grid) {
      double[] point = Claims.numbers(row);
      assertEquals(
          point[2], new StudentizedRange((int) point[0]).survival(point[1]), 1e-7, row::toString);
    }
    JsonNode quantiles = Claims.reference().at("/studentized_range/quantiles");
    assertEquals(24, quantiles.size());
    for (JsonNode row : quantiles) {
      double[] point = Claims.numbers(row);
      assertEquals(
          point[2],
          new StudentizedRange((int) point[0]).inverseSurvival(point[1]),
          1e-7,
          row::toString);
    }
  }

  /** Of two values the range is their difference, a normal number with variance 2. */
  @Test
  void theRangeOfTwoIsKnownFarOutToo() {
    StudentizedRange two = new StudentizedRange(2);
    // erfc(q / 2) by scipy.
    assertEquals(1.537459794428035e-12, two.survival(10), 1e-22);
    assertEquals(1, two.survival(0));
    assertEquals(0, two.survival(1000));
    assertTrue(Double.isNaN(two.survival(Double.NaN)));
  }

  @Test
  void smallerMayBeBetterAndTiesShareTheirRanks() {
    JsonNode expected = Claims.reference().path("ranks");
    Ranks found = Ranks.of(rows(expected.path("losses")), false, 0.05);
    assertEquals(7, found.dataSets());
    assertArrayEquals(
        Claims.numbers(expected.path("mean_ranks")),
        found.meanRanks().stream().mapToDouble(r -> r).toArray(),
        1e-12);
    assertEquals(expected.path("chi_square").doubleValue(), found.friedman().chiSquare(), 1e-10);
    assertEquals(expected.path("p").doubleValue(), found.friedman().p(), 1e-10);
  }

  /** Demšar, 2006, table 6: four algorithms on fourteen data sets, the critical difference 1.25. */
  @Test
  void theCriticalDifferenceIsThePublishedOne() {
    double[][] metric = new double[14][];
    for (int i = 0; i < metric.length; i++) {
      metric[i] = new double[] {i % 4, (i + 1) % 4, (i + 2) % 4, (i + 3) % 4};
    }
    // 2.569 √(4 · 5 / (6 · 14)), table 5(a).
    assertEquals(1.25, Ranks.of(metric, true, 0.05).nemenyi().criticalDifference(), 0.005);
    // 2.291 likewise.
    assertEquals(1.12, Ranks.of(metric, true, 0.10).nemenyi().criticalDifference(), 0.005);
  }

  @Test
  void modelsThatTieEverywhereAreNoTest() {
    Ranks found = Ranks.of(new double[][] {{1, 1, 1}, {2, 2, 2}}, true, 0.05);
    assertEquals(List.of(2.0, 2.0, 2.0), found.meanRanks());
    assertTrue(Double.isNaN(found.friedman().p()));
    assertEquals(List.of(List.of(0, 1, 2)), found.indistinguishable());
  }

  @Test
  void barsJoinWhatCannotBeToldApart() {
    // On forty data sets the critical difference of four models is 0.74.
    double[][] metric = new double[40][];
    for (int i = 0; i < metric.length; i++) {
      boolean odd = i % 2 == 1;
      metric[i] = new double[] {i % 3 == 0 ? 2 : 1, 9, odd ? 6 : 5, odd ? 5.5 : 5.6};
    }
    Ranks found = Ranks.of(metric, true, 0.05);
    assertEquals(List.of(4.0, 1.0, 2.5, 2.5), found.meanRanks());
    assertEquals(List.of(1, 2, 3, 0), found.bestFirst());
    assertEquals(List.of(List.of(2, 3)), found.indistinguishable());
  }

  @Test
  void barsMayOverlapButNoneLiesWithinAnother() {
    Ranks close =
        new Ranks(
            5,
            List.of(1.0, 1.8, 2.6, 4.6),
            new Ranks.Friedman(1, 3, 0.5),
            new Ranks.Nemenyi(0.05, 1, List.of()));
    assertEquals(List.of(List.of(0, 1), List.of(1, 2)), close.indistinguishable());
  }

  @Test
  void whatCannotBeRankedIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Ranks.of(new double[][] {{1, 2}}, true, 0.05));
    assertThrows(
        IllegalArgumentException.class, () -> Ranks.of(new double[][] {{1}, {2}}, true, 0.05));
    assertThrows(
        IllegalArgumentException.class, () -> Ranks.of(new double[][] {{1, 2}, {1}}, true, 0.05));
    assertThrows(
        IllegalArgumentException.class,
        () -> Ranks.of(new double[][] {{1, 2}, {1, Double.NaN}}, true, 0.05));
  }

  private static double[][] rows(JsonNode table) {
    double[][] rows = new double[table.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Claims.numbers(table.get(i));
    }
    return rows;
  }
}
