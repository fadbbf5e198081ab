package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.Task;

class OperatingMeasuresTest {
  private static final double CLOSE = 1e-12;
  private final JsonNode reference = Claims.reference().path("operating");
  private final BinaryScores validation = scores("validation");
  private final BinaryScores test = scores("test");

  @Test
  void thresholdsAreThoseOfScikitLearnsCurve() {
    JsonNode expected = reference.path("thresholds");
    assertEquals(
        expected.path("youden").doubleValue(), Threshold.youden(validation).logit(), CLOSE);
    for (String wanted : List.of("0.8", "0.95", "1.0")) {
      assertEquals(
          expected.path(wanted).doubleValue(),
          Threshold.sensitivity(validation, Double.parseDouble(wanted)).logit(),
          CLOSE,
          wanted);
    }
  }

  @Test
  void imagesThatCountSeveralTimesAreScikitLearnsWeights() {
    int[] counts = integers(reference.at("/test/counts"));
    Map<String, Double> found =
        new OperatingMeasures(test, Threshold.sensitivity(validation, 0.8)).values(counts);
    JsonNode expected = reference.path("values");
    assertEquals(expected.size(), found.size());
    expected
        .properties()
        .forEach(
            e ->
                assertEquals(e.getValue().doubleValue(), found.get(e.getKey()), CLOSE, e.getKey()));
  }

  @Test
  void theTemperatureIsScipysMinimum() {
    assertEquals(reference.path("temperature").doubleValue(), Temperature.fit(validation), 1e-6);
  }

  @Test
  void theTemperatureStaysWithinItsBounds() {
    int[] labels = {0, 1};
    assertEquals(Temperature.LEAST, Temperature.fit(BinaryScores.of(labels, new double[] {-1, 1})));
    assertEquals(Temperature.MOST, Temperature.fit(BinaryScores.of(labels, new double[] {1, -1})));
    assertEquals(Temperature.MOST, Temperature.fit(BinaryScores.of(labels, new double[] {0, 0})));
  }

  @Test
  void aDecisionIsPositiveAtTheThresholdItself() {
    BinaryScores scores = BinaryScores.of(new int[] {0, 1, 1}, new double[] {-1, 0.5, 2});
    Threshold threshold = Threshold.youden(scores);
    assertEquals(0.5, threshold.logit());
    assertEquals(1 / (1 + Math.exp(-0.5)), threshold.probability());
    assertEquals(
        List.of(List.of(1, 0), List.of(0, 2)),
        new OperatingMeasures(scores, threshold).confusionMatrix());
  }

  /** Their logarithm could be told apart, the probability 1 could not. */
  @Test
  void logitsThatAreOneProbabilityAreOneScore() {
    BinaryScores scores = BinaryScores.of(new int[] {0, 1, 0}, new double[] {40, 50, -1});
    Threshold threshold = Threshold.youden(scores);
    assertEquals(1, threshold.probability());
    assertEquals(40, threshold.logit());
    assertEquals(0.5, new OperatingMeasures(scores, threshold).values().get("specificity"));
  }

  @Test
  void wherePositivesScoreLowestNothingIsCalledPositive() {
    BinaryScores scores = BinaryScores.of(new int[] {1, 0}, new double[] {-1, 1});
    Threshold threshold = Threshold.youden(scores);
    assertEquals(Double.POSITIVE_INFINITY, threshold.probability());
    Map<String, Double> found = new OperatingMeasures(scores, threshold).values();
    assertEquals(0, found.get("sensitivity"));
    assertEquals(1, found.get("specificity"));
    assertTrue(found.get("ppv").isNaN());
    assertEquals(0, found.get("mcc"));
  }

  @Test
  void withImagesOfOneClassThereIsNoThresholdAndHalfOfTheMeasures() {
    BinaryScores healthy = BinaryScores.of(new int[] {0, 0}, new double[] {-1, 1});
    assertThrows(IllegalArgumentException.class, () -> Threshold.youden(healthy));
    Map<String, Double> found = new OperatingMeasures(healthy, new Threshold(0.5, 0)).values();
    assertEquals(0.5, found.get("specificity"));
    for (String name :
        List.of("sensitivity", "balanced_accuracy", "sensitivity_at_specificity_0.90")) {
      assertTrue(found.get(name).isNaN(), name);
    }
  }

  /** Votes may rule a class out: their log-odds are bounded as their loss is. */
  @Test
  void votesAreScoresToo() {
    Predictions votes = new Predictions(Task.BINARY, 1);
    votes.addProbabilities(new float[] {1, 0, 0.25f, 0.75f, 0.5f, 0.5f}, new int[] {0, 1, 1});
    BinaryScores scores = votes.binary();
    assertEquals(0, scores.probability(0));
    assertEquals(Math.log(3), scores.logit(1), 1e-7);
    assertEquals(0.75, Threshold.sensitivity(scores, 0.5).probability());
    double loss = new OperatingMeasures(scores, new Threshold(0.5, 0)).values().get("log_loss");
    assertEquals(votes.metrics().loss(), loss, 1e-7);
    assertEquals(
        Reliability.of(votes.outcomes()).expectedError(),
        Reliability.of(scores.outcomes()).expectedError());
  }

  @Test
  void whatIsNoNumberIsKnown() {
    int[] labels = {0, 1};
    assertTrue(BinaryScores.of(labels, new double[] {-1e30, 3}).finite());
    assertFalse(BinaryScores.of(labels, new double[] {Double.NaN, 3}).finite());
    assertFalse(BinaryScores.of(labels, new double[] {1, Double.POSITIVE_INFINITY}).finite());
  }

  @Test
  void otherTasksHaveNoScores() {
    assertThrows(IllegalStateException.class, () -> new Predictions(Task.MULTI_CLASS, 2).binary());
  }

  private BinaryScores scores(String split) {
    JsonNode images = reference.path(split);
    return BinaryScores.of(integers(images.path("labels")), Claims.numbers(images.path("logits")));
  }

  private static int[] integers(JsonNode list) {
    return Arrays.stream(Claims.numbers(list)).mapToInt(v -> (int) v).toArray();
  }
}
