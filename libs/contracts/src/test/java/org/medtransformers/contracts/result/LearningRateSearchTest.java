package org.medtransformers.contracts.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.LearningRateSearch.Point;

class LearningRateSearchTest {
  private static Point point(double rate, Double metric, Double loss) {
    return new Point(rate, metric, loss, "run", RunState.SUCCEEDED, null);
  }

  private static LearningRateSearch search(Point... points) {
    return LearningRateSearch.of(
        "DDSM", false, "resnet18", "random", 0, 7, "roc_auc", List.of(points));
  }

  @Test
  void metricAndLossMayPreferDifferentRates() {
    LearningRateSearch search =
        search(
            point(1e-4, 0.5, 0.3),
            point(1e-3, 0.7, 0.6),
            point(1e-2, 0.7, 0.3),
            point(1e-1, null, null));
    assertEquals(1e-3, search.bestByMetric().learningRate());
    assertEquals(1e-4, search.bestByLoss().learningRate());
    assertTrue(search.hasFound());
  }

  @Test
  void whereEverythingDivergedNothingIsRecommended() {
    LearningRateSearch search = search(point(1, null, null), point(10, Double.NaN, Double.NaN));
    assertNull(search.bestByMetric());
    assertNull(search.bestByLoss());
    assertFalse(search.hasFound());
  }

  @Test
  void valuesThatAreNoNumbersSurviveJson() {
    LearningRateSearch search = search(point(10, Double.NaN, Double.POSITIVE_INFINITY));
    assertEquals(search, Json.read(Json.write(search), LearningRateSearch.class));
  }
}
