package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Intervals.Method;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.statistics.HierarchicalBootstrap.Difference;

/** The numbers of statsmodels, scikit-learn and numpy: {@code src/test/python/paired_tests.py}. */
class PairedReferenceTest {
  private static final double TOLERANCE = 1e-12;
  private static final double ROPE = 0.01;

  private final JsonNode reference;

  PairedReferenceTest() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/paired_tests.json")) {
      reference = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void disagreementsAreTestedAsStatsmodelsDoes() {
    for (JsonNode expected : reference.path("mcnemar")) {
      JsonNode counts = expected.path("counts");
      McNemar found = McNemar.of(counts.get(0).intValue(), counts.get(1).intValue());
      assertEquals(expected.path("p").doubleValue(), found.p(), TOLERANCE, counts::toString);
    }
  }

  @Test
  void manyTestsAreCorrectedAsStatsmodelsDoes() {
    for (JsonNode expected : reference.path("holm")) {
      assertArrayEquals(
          numbers(expected.path("adjusted")),
          Holm.adjusted(numbers(expected.path("p"))),
          TOLERANCE);
    }
  }

  @Test
  void whatIsNoTestDoesNotCount() {
    assertArrayEquals(
        new double[] {0.02, Double.NaN, 0.04},
        Holm.adjusted(new double[] {0.01, Double.NaN, 0.04}),
        TOLERANCE);
  }

  /** The area is of the third class against the others, so that it has two. */
  @ParameterizedTest
  @EnumSource(TargetMetric.class)
  void repetitionsAndPatientsAreDrawnForBothModelsAlike(TargetMetric metric) {
    boolean area = metric == TargetMetric.ROC_AUC;
    List<List<PredictedImage>> first = models("first", area);
    List<List<PredictedImage>> second = models("second", area);
    Task task = area ? Task.BINARY : Task.MULTI_CLASS;
    HierarchicalBootstrap bootstrap = bootstrap(first.get(0));
    assertDifference(
        reference.path(metric.key()),
        bootstrap.difference(
            bootstrap.measure(values(first, metric, task)),
            bootstrap.measure(values(second, metric, task)),
            ROPE));
  }

  @Test
  void imagesWithoutAPatientAreDrawnOneByOne() {
    List<PredictedImage> first = images("first", 0, false, false);
    List<PredictedImage> second = images("second", 0, false, false);
    HierarchicalBootstrap bootstrap = bootstrap(first);
    assertDifference(
        reference.path("accuracy_of_images"),
        bootstrap.difference(
            bootstrap.measure(List.of(accuracy(first))),
            bootstrap.measure(List.of(accuracy(second))),
            ROPE));
  }

  private HierarchicalBootstrap bootstrap(List<PredictedImage> images) {
    return new HierarchicalBootstrap(
        HeldOutSet.of(images),
        reference.path("draws").intValue(),
        reference.path("seed").longValue());
  }

  private static void assertDifference(JsonNode expected, Difference found) {
    assertTrue(expected.isObject());
    assertEquals(expected.path("value").doubleValue(), found.value(), TOLERANCE);
    assertEquals(Method.BCA, found.interval().method());
    assertEquals(expected.path("low").doubleValue(), found.interval().low(), TOLERANCE);
    assertEquals(expected.path("high").doubleValue(), found.interval().high(), TOLERANCE);
    assertEquals(expected.path("p").doubleValue(), found.p(), TOLERANCE);
  }

  private List<List<PredictedImage>> models(String name, boolean area) {
    return IntStream.range(0, reference.path(name).size())
        .mapToObj(r -> images(name, r, true, area))
        .toList();
  }

  private List<PredictedImage> images(String name, int repetition, boolean grouped, boolean area) {
    List<PredictedImage> images = new ArrayList<>();
    for (int i = 0; i < reference.path("labels").size(); i++) {
      double[] p = numbers(reference.path(name).get(repetition).get(i));
      int label = reference.path("labels").get(i).intValue();
      double[] shown = area ? new double[] {1 - p[2], p[2]} : p;
      images.add(
          new PredictedImage(
              "%03d".formatted(i),
              grouped ? "patient " + reference.path("groups").get(i).intValue() : "",
              List.of(area ? label / 2 : label),
              List.of(largest(shown)),
              IntStream.range(0, shown.length).mapToObj(c -> shown[c]).toList()));
    }
    return images;
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static List<ToDoubleFunction<int[]>> values(
      List<List<PredictedImage>> runs, TargetMetric metric, Task task) {
    Model model = new Model("random", "resnet18");
    return runs.stream()
        .map(images -> EvaluatedRun.of("any", metric, task, model, 0, images).value())
        .toList();
  }

  private static ToDoubleFunction<int[]> accuracy(List<PredictedImage> images) {
    return counts ->
        IntStream.range(0, counts.length)
                .filter(i -> images.get(i).classes().equals(images.get(i).prediction()))
                .mapToDouble(i -> counts[i])
                .sum()
            / IntStream.of(counts).sum();
  }

  private static double[] numbers(JsonNode list) {
    return IntStream.range(0, list.size()).mapToDouble(i -> list.get(i).doubleValue()).toArray();
  }
}
