package org.medtransformers.contracts.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;

class LearningRateGridTest {
  private static JsonNode golden() throws IOException {
    try (InputStream in =
        LearningRateGridTest.class.getResourceAsStream("/golden/lr_finder/points.json")) {
      return Json.mapper().readTree(in);
    }
  }

  private static List<Double> numbers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::doubleValue).toList();
  }

  @Test
  void thePointsAreThoseOfNumpy() throws IOException {
    double tolerance = golden().at("/tolerance/rtol").doubleValue();
    for (JsonNode grid : golden().path("points")) {
      List<Double> expected = numbers(grid.path("expected"));
      List<Double> points =
          LearningRateGrid.even(
              grid.path("min_pow").doubleValue(),
              grid.path("max_pow").doubleValue(),
              grid.path("resolution").intValue());
      assertEquals(expected.size(), points.size());
      for (int i = 0; i < points.size(); i++) {
        assertEquals(expected.get(i), points.get(i), tolerance * expected.get(i));
      }
    }
  }

  @Test
  void theBestIsTheFirstOfEquals() throws IOException {
    JsonNode selection = golden().path("selection");
    assertEquals(
        OptionalInt.of(selection.path("best_acc_index").intValue()),
        LearningRateGrid.firstLargest(numbers(selection.path("val_acc"))));
    assertEquals(
        OptionalInt.of(selection.path("best_loss_index").intValue()),
        LearningRateGrid.firstSmallest(numbers(selection.path("val_loss"))));
  }

  @Test
  void whatDivergedNeverWins() {
    List<Double> values = List.of(Double.NaN, -2.0, Double.NaN, -1.0, -2.0);
    assertEquals(OptionalInt.of(3), LearningRateGrid.firstLargest(values));
    assertEquals(OptionalInt.of(1), LearningRateGrid.firstSmallest(values));
    assertEquals(OptionalInt.empty(), LearningRateGrid.firstLargest(List.of(Double.NaN)));
    assertEquals(OptionalInt.empty(), LearningRateGrid.firstSmallest(List.of()));
  }

  @Test
  void drawsFollowFromTheSeedAndRiseBetweenTheBounds() {
    List<Double> draws = LearningRateGrid.random(-5, -2, 1000, 7);
    assertEquals(draws, LearningRateGrid.random(-5, -2, 1000, 7));
    assertNotEquals(draws, LearningRateGrid.random(-5, -2, 1000, 8));
    assertEquals(draws.stream().sorted().toList(), draws);
    assertTrue(draws.get(0) >= 1e-5 && draws.get(999) <= 1e-2, draws::toString);
  }

  /** Kolmogorov-Smirnov: 1.95 / √n is exceeded by one sample in a thousand. */
  @Test
  void theLogarithmsOfDrawsAreUniform() {
    int n = 1000;
    List<Double> draws = LearningRateGrid.random(-5, -2, n, 7);
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double share = (Math.log10(draws.get(i)) + 5) / 3;
      distance = Math.max(distance, Math.max((i + 1.0) / n - share, share - (double) i / n));
    }
    assertTrue(distance < 1.95 / Math.sqrt(n), "distance " + distance);
  }
}
