package org.medtransformers.trainer.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.result.Metrics;

class BestModelTest {

  @Test
  void theFirstDefinedValueIsBest() {
    assertTrue(improves(-0.2, Optional.empty()));
  }

  @Test
  void ofEqualsTheEarlierStays() {
    assertFalse(improves(0.5, Optional.of(0.5)));
    assertTrue(improves(Math.nextUp(0.5), Optional.of(0.5)));
  }

  @Test
  void anUndefinedValueIsNeverBest() {
    assertFalse(improves(Double.NaN, Optional.empty()));
    assertFalse(improves(Double.NaN, Optional.of(-1.0)));
  }

  @Test
  void aMetricThatTheTaskDoesNotHaveIsNeverBest() {
    assertFalse(BestModel.improves(kappa(0.9), null, TargetMetric.ROC_AUC));
  }

  @ParameterizedTest
  @CsvSource({"true, 3", "false, 6"})
  void theLastIsChosenUnlessTheBestIsToBeSaved(boolean best, int iteration) {
    RunConfig.TrainingParams params =
        Json.read("{\"save_best_model\": %s}".formatted(best), RunConfig.TrainingParams.class);
    BestModel third = new BestModel(3, kappa(0.5), null);
    TrainingState end = new TrainingState(6, 6, kappa(0.4), null, third, List.of(), 1, null);
    assertEquals(iteration, end.chosen(params).iteration());
  }

  private static boolean improves(double candidate, Optional<Double> best) {
    return BestModel.improves(
        kappa(candidate),
        best.map(value -> new BestModel(3, kappa(value), null)).orElse(null),
        TargetMetric.COHEN_KAPPA);
  }

  static Metrics kappa(double value) {
    return new Metrics(10, 0.7, 0.5, 0.5, 0.5, 0.5, value, null, null, null, List.of(), List.of());
  }
}
