package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.ClassMetrics;
import org.medtransformers.contracts.result.Curves;
import org.medtransformers.contracts.result.Intervals;
import org.medtransformers.contracts.result.Metrics;

/**
 * Everything equals scikit-learn's, scipy's and numpy's numbers, written by {@code reference.py}.
 */
class ReferenceTest {
  private static final double CLOSE = 1e-9;
  private final JsonNode multiClass = cases().get(0);
  private final JsonNode binary = cases().get(1);

  @Test
  void metricsOfTheWholeSplit() {
    for (JsonNode golden : List.of(multiClass, binary)) {
      Outcomes outcomes = outcomes(golden);
      assertValues(golden.get("values"), outcomes.values(outcomes.once()));
      Metrics metrics = outcomes.metrics(0);
      assertEquals(golden.at("/values/roc_auc").doubleValue(), metrics.rocAuc(), CLOSE);
      assertEquals(golden.at("/values/f1").doubleValue(), metrics.f1(), CLOSE);
    }
  }

  @Test
  void intervalsAreBcaOrOfPercentilesOverResampledGroupsOrImages() {
    for (JsonNode golden : List.of(multiClass, binary)) {
      List<String> groups = texts(golden.get("groups"));
      Intervals found =
          new Bootstrap(groups, 0).intervals(outcomes(golden), List.of("a", "b", "c", "d"), 200);
      golden
          .get("intervals")
          .properties()
          .forEach(
              e -> {
                Intervals.Interval interval = found.values().get(e.getKey());
                assertEquals(e.getValue().get(0).doubleValue(), interval.low(), CLOSE, e.getKey());
                assertEquals(e.getValue().get(1).doubleValue(), interval.high(), CLOSE, e.getKey());
                assertEquals(200, interval.resamples());
                assertEquals(
                    !e.getKey().equals("average_precision"),
                    interval.method() == Intervals.Method.BCA);
              });
      assertEquals(golden.get("intervals").size(), found.values().size());
    }
  }

  @Test
  void eachClassAgainstTheRest() {
    List<ClassMetrics> found =
        ClassReport.metrics(outcomes(multiClass), List.of("a", "b", "c", "d"));
    for (int c = 0; c < 4; c++) {
      ClassMetrics one = found.get(c);
      double[] expected = numbers(multiClass.get("classes").get(c));
      assertEquals(expected[0], one.support());
      assertEquals(expected[1], one.precision(), CLOSE);
      assertEquals(expected[2], one.recall(), CLOSE);
      assertEquals(expected[3], one.f1(), CLOSE);
      assertEquals(expected[4], one.rocAuc(), CLOSE);
      assertEquals(expected[5], one.averagePrecision(), CLOSE);
    }
  }

  @Test
  void calibrationErrorInFifteenBins() {
    assertEquals(
        multiClass.get("ece").doubleValue(),
        Reliability.of(outcomes(multiClass)).expectedError(),
        CLOSE);
  }

  @Test
  void curvesHaveAPointForEachScore() {
    Curves.OfClass found =
        ClassReport.curves(outcomes(multiClass), List.of("a", "b", "c", "d")).classes().get(1);
    assertList(multiClass.at("/roc/fpr"), found.roc().fpr());
    assertList(multiClass.at("/roc/tpr"), found.roc().tpr());
    assertEquals(Double.POSITIVE_INFINITY, found.roc().thresholds().get(0));
    assertList(
        multiClass.at("/roc/thresholds"),
        found.roc().thresholds().subList(1, found.roc().thresholds().size()));
    assertList(multiClass.at("/pr/precision"), reversed(found.pr().precision()));
    assertList(multiClass.at("/pr/recall"), reversed(found.pr().recall()));
  }

  private static void assertValues(JsonNode expected, Map<String, Double> found) {
    assertEquals(expected.size(), found.size());
    expected
        .properties()
        .forEach(
            e ->
                assertEquals(e.getValue().doubleValue(), found.get(e.getKey()), CLOSE, e.getKey()));
  }

  private static void assertList(JsonNode expected, List<Double> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < found.size(); i++) {
      assertEquals(expected.get(i).doubleValue(), found.get(i), CLOSE);
    }
  }

  private static List<Double> reversed(List<Double> values) {
    List<Double> reversed = new ArrayList<>(values);
    Collections.reverse(reversed);
    return reversed;
  }

  private static Outcomes outcomes(JsonNode golden) {
    Task task = Task.valueOf(golden.get("task").asText().toUpperCase(Locale.ROOT));
    List<PredictedImage> images =
        IntStream.range(0, golden.get("labels").size())
            .mapToObj(i -> image(task, golden, i))
            .toList();
    return Outcomes.of(task, images);
  }

  private static PredictedImage image(Task task, JsonNode golden, int i) {
    double[] probabilities = numbers(golden.get("probabilities").get(i));
    int said =
        task == Task.BINARY ? (probabilities[1] > 0.5 ? 1 : 0) : Predictions.largest(probabilities);
    return new PredictedImage(
        "image " + i,
        golden.get("groups").get(i).asText(),
        List.of(golden.get("labels").get(i).intValue()),
        List.of(said),
        IntStream.range(0, probabilities.length).mapToObj(c -> probabilities[c]).toList());
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static JsonNode cases() {
    try (InputStream in = ReferenceTest.class.getResourceAsStream("/reference.json")) {
      return Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
