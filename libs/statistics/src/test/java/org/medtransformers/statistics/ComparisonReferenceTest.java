package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.Claim;
import org.medtransformers.contracts.result.PairedComparison.Difference;
import org.medtransformers.contracts.result.PairedComparison.Model;

/**
 * A whole comparison, recomputed from the files of predictions by numpy, scipy, scikit-learn and
 * statsmodels: {@code src/test/python/comparison.py}.
 */
class ComparisonReferenceTest {
  private static final double TOLERANCE = 1e-11;
  private static final List<String> SETS = List.of("breast", "skin", "rare");
  private static final List<Model> MODELS =
      List.of(
          new Model("random", "resnet18"),
          new Model("random", "deit_tiny"),
          new Model("ImageNet", "resnet18"));

  private final JsonNode reference = Json.parse(text("comparison.json"));

  @Test
  void everyNumberOfEveryPairIsAnotherProgramsToo() {
    List<PairedComparison> found =
        PairedComparisons.corrected(outcomes().stream().flatMap(o -> o.tests().stream()).toList());
    assertEquals(reference.path("tests").size(), found.size());
    for (int i = 0; i < found.size(); i++) {
      assertPair(reference.path("tests").get(i), found.get(i));
    }
  }

  private static void assertPair(JsonNode expected, PairedComparison found) {
    assertEquals(expected.path("dataset").asText(), found.dataset());
    assertEquals(expected.path("metric").asText(), found.metric());
    assertEquals(model(expected.path("first")), found.first());
    assertEquals(model(expected.path("second")), found.second());
    assertEquals(expected.path("repetitions").intValue(), found.repetitions());
    Difference difference = found.difference();
    assertNumber(expected, "value", difference.value());
    assertNumber(expected, "low", difference.low());
    assertNumber(expected, "high", difference.high());
    assertEquals(expected.path("method").asText(), difference.method().key());
    assertEquals(expected.path("draws").intValue(), difference.draws());
    assertNumber(expected, "p", difference.p());
    assertNumber(expected, "p_holm", difference.pHolm());
    Claim claim = found.claim();
    assertNumber(expected, "first_better", claim.firstBetter());
    assertNumber(expected, "equivalent", claim.equivalent());
    assertEquals(expected.path("units").intValue(), claim.units());
    assertNumber(expected, "standard_error", claim.standardError());
    assertEquals(expected.path("needed").longValue(), claim.needed());
    assertEquals(expected.path("decision").asText(), claim.decision().key());
  }

  private static void assertNumber(JsonNode expected, String name, double found) {
    assertEquals(expected.path(name).doubleValue(), found, TOLERANCE, () -> name + expected);
  }

  @Test
  void ranksOverTheSetsAreScipys() {
    ModelRanks found =
        RankedModels.of(outcomes().stream().map(PairedComparisons.Outcome::measured).toList())
            .ranks()
            .orElseThrow();
    JsonNode expected = reference.path("ranks");
    assertEquals(SETS, found.datasets());
    for (ModelRanks.Ranked ranked : found.models()) {
      int model = MODELS.indexOf(ranked.model());
      assertEquals(expected.path("ranks").get(model).doubleValue(), ranked.rank(), TOLERANCE);
      for (int s = 0; s < SETS.size(); s++) {
        assertEquals(
            reference.path("means").path(SETS.get(s)).get(model).doubleValue(),
            ranked.values().get(s),
            TOLERANCE);
      }
    }
    assertEquals(expected.path("chi_square").doubleValue(), found.chiSquare(), TOLERANCE);
    assertEquals(expected.path("p").doubleValue(), found.p(), TOLERANCE);
    assertEquals(
        expected.path("critical_difference").doubleValue(), found.criticalDifference(), 1e-7);
  }

  private List<PairedComparisons.Outcome> outcomes() {
    double rope = reference.path("rope").doubleValue();
    return SETS.stream()
        .map(
            set -> {
              List<EvaluatedRun> runs = runs(set);
              List<String> classes =
                  set.equals("skin") ? List.of("a", "b", "c") : List.of("a", "b");
              return PairedComparisons.of(
                  runs, new PairedComparisons.Terms(classes, model -> rope));
            })
        .toList();
  }

  /** The last model was trained once less often. */
  private static List<EvaluatedRun> runs(String set) {
    List<EvaluatedRun> runs = new ArrayList<>();
    for (Model model : MODELS) {
      int seeds = model.initialisation().equals("ImageNet") ? 2 : 3;
      IntStream.range(0, seeds).forEach(seed -> runs.add(run(set, model, seed)));
    }
    return runs;
  }

  private static EvaluatedRun run(String set, Model model, int seed) {
    boolean binary = !set.equals("skin");
    return EvaluatedRun.of(
        set,
        binary ? TargetMetric.ROC_AUC : TargetMetric.RECALL,
        binary ? Task.BINARY : Task.MULTI_CLASS,
        model,
        seed,
        PredictionsCsv.read(
            text(
                "%s/%s_%s_%d.csv".formatted(set, model.backbone(), model.initialisation(), seed))));
  }

  private static Model model(JsonNode pair) {
    return new Model(pair.get(0).asText(), pair.get(1).asText());
  }

  private static String text(String file) {
    try (InputStream in =
        ComparisonReferenceTest.class.getResourceAsStream("/comparison/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
