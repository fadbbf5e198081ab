package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.AcrossFolds;
import org.medtransformers.contracts.result.PairedComparison.McNemarResult;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.statistics.EvaluatedRun.Fold;
import org.medtransformers.statistics.EvaluatedRun.FoldPredictions;
import org.medtransformers.statistics.EvaluatedRun.Training;

/** The numbers of scikit-learn, scipy and numpy: {@code src/test/python/folds.py}. */
class FoldsReferenceTest {
  private static final double TOLERANCE = 1e-12;
  private static final int FOLDS = 5;
  private static final PairedComparisons.Terms TERMS =
      new PairedComparisons.Terms(List.of("a", "b", "c"), model -> 0.01);

  private final JsonNode reference;

  FoldsReferenceTest() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/folds.json")) {
      reference = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource(TargetMetric.class)
  void theMetricIsOfThePredictionsOfAllFoldsTogether(TargetMetric metric) {
    JsonNode expected = reference.path("metrics").path(metric.key());
    List<EvaluatedRun> trainings = trainings("first", metric);
    PooledEstimate found = PooledEstimate.of(trainings);
    JsonNode pooled = expected.path("pooled");
    assertArrayEquals(numbers(pooled.path("values")), values(found.values()), TOLERANCE);
    assertEquals(pooled.path("value").doubleValue(), found.value(), TOLERANCE);
    assertEquals(pooled.path("low").doubleValue(), found.low(), TOLERANCE);
    assertEquals(pooled.path("high").doubleValue(), found.high(), TOLERANCE);
    assertEquals(reference.path("labels").size(), found.images());
    assertEquals(OptionalInt.of(groups()), found.groups());
    assertArrayEquals(
        numbers(expected.path("folds")),
        trainings.stream().flatMap(t -> t.folds().stream()).mapToDouble(Fold::value).toArray(),
        TOLERANCE);
  }

  @ParameterizedTest
  @EnumSource(TargetMetric.class)
  void foldsAreTestedAcrossDivisionsAsTheirImagesOverlap(TargetMetric metric) {
    JsonNode expected = reference.path("metrics").path(metric.key()).path("across_folds");
    AcrossFolds found = compared(metric).folds();
    assertArrayEquals(
        numbers(expected.path("differences")), values(found.differences()), TOLERANCE);
    assertEquals(FOLDS, found.folds());
    assertEquals(2, found.divisions());
    assertEquals(expected.path("train").doubleValue(), found.train(), TOLERANCE);
    assertEquals(expected.path("test").doubleValue(), found.test(), TOLERANCE);
    assertEquals(expected.path("t").doubleValue(), found.t(), 1e-11);
    assertEquals(expected.path("df").intValue(), found.degreesOfFreedom());
    assertEquals(expected.path("p").doubleValue(), found.p(), TOLERANCE);
  }

  @Test
  void theSamePatientsAreDrawnForBothModelsAndAllDivisions() {
    PairedComparison found = compared(TargetMetric.RECALL);
    JsonNode expected = reference.path("difference");
    assertEquals(4, found.repetitions());
    assertEquals(expected.path("value").doubleValue(), found.difference().value(), TOLERANCE);
    assertEquals(expected.path("low").doubleValue(), found.difference().low(), TOLERANCE);
    assertEquals(expected.path("high").doubleValue(), found.difference().high(), TOLERANCE);
    assertEquals(expected.path("p").doubleValue(), found.difference().p(), TOLERANCE);
  }

  @Test
  void disagreementsAreCountedOverAllFolds() {
    List<McNemarResult> found = compared(TargetMetric.RECALL).perSeed();
    for (int i = 0; i < found.size(); i++) {
      JsonNode training = reference.path("trainings").get(i);
      JsonNode expected = training.path("mcnemar");
      assertEquals(training.path("division").longValue(), found.get(i).division());
      assertEquals(training.path("seed").longValue(), found.get(i).seed());
      assertEquals(expected.get(0).intValue(), found.get(i).firstOnly());
      assertEquals(expected.get(1).intValue(), found.get(i).secondOnly());
      assertEquals(expected.get(2).doubleValue(), found.get(i).p(), TOLERANCE);
    }
  }

  /** A fold counts once, however often it was trained. */
  @Test
  void moreSeedsAreNotMoreFolds() {
    List<EvaluatedRun> first = trainings("first", TargetMetric.RECALL);
    List<EvaluatedRun> second = trainings("second", TargetMetric.RECALL);
    AcrossFolds one = FoldDifferences.of(first.subList(0, 1), second.subList(0, 1)).orElseThrow();
    assertEquals(FOLDS - 1, one.degreesOfFreedom());
    List<EvaluatedRun> twice = List.of(first.get(0), first.get(0));
    List<EvaluatedRun> other = List.of(second.get(0), second.get(0));
    assertEquals(one, FoldDifferences.of(twice, other).orElseThrow());
  }

  @Test
  void anImageInTwoFoldsIsNoCrossValidation() {
    List<FoldPredictions> folds = folds("first", 0);
    List<FoldPredictions> twice =
        List.of(folds.get(0), new FoldPredictions(1, 10, folds.get(0).images()));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> pooled("first", 0, TargetMetric.RECALL, twice));
    assertEquals(folds.get(0).images().get(0).image() + " is there twice", e.getMessage());
  }

  @Test
  void aDivisionOfOtherImagesIsNotPooledWithIt() {
    List<EvaluatedRun> runs =
        List.of(
            pooled("first", 0, TargetMetric.RECALL, folds("first", 0)),
            pooled("first", 1, TargetMetric.RECALL, folds("first", 1).subList(0, 4)));
    assertThrows(IllegalArgumentException.class, () -> PooledEstimate.of(runs));
  }

  @Test
  void withoutFoldsThereIsNoTestAcrossThem() {
    List<EvaluatedRun> runs =
        Stream.of("first", "second")
            .map(
                name ->
                    EvaluatedRun.of(
                        "eyes",
                        TargetMetric.RECALL,
                        Task.MULTI_CLASS,
                        new Model("random", name),
                        0,
                        folds(name, 0).get(0).images()))
            .toList();
    assertNull(PairedComparisons.of(runs, TERMS).tests().get(0).folds());
  }

  private PairedComparison compared(TargetMetric metric) {
    return PairedComparisons.of(
            Stream.of("first", "second").flatMap(n -> trainings(n, metric).stream()).toList(),
            TERMS)
        .tests()
        .get(0);
  }

  private List<EvaluatedRun> trainings(String name, TargetMetric metric) {
    return IntStream.range(0, reference.path("trainings").size())
        .mapToObj(i -> pooled(name, i, metric, folds(name, i)))
        .toList();
  }

  private EvaluatedRun pooled(
      String name, int number, TargetMetric metric, List<FoldPredictions> folds) {
    JsonNode training = reference.path("trainings").get(number);
    return EvaluatedRun.pooled(
        "eyes",
        metric,
        Task.MULTI_CLASS,
        new Model("random", name),
        new Training(training.path("division").longValue(), training.path("seed").longValue()),
        folds);
  }

  /** The next fold validates, the others train. */
  private List<FoldPredictions> folds(String name, int number) {
    JsonNode training = reference.path("trainings").get(number);
    int[] fold =
        IntStream.range(0, training.path("folds").size())
            .map(i -> training.path("folds").get(i).intValue())
            .toArray();
    List<FoldPredictions> folds = new ArrayList<>();
    for (int f = 0; f < FOLDS; f++) {
      int testing = f;
      int validating = (f + 1) % FOLDS;
      folds.add(
          new FoldPredictions(
              f,
              (int) IntStream.of(fold).filter(g -> g != testing && g != validating).count(),
              IntStream.range(0, fold.length)
                  .filter(i -> fold[i] == testing)
                  .mapToObj(i -> image(i, numbers(training.path(name).get(i))))
                  .toList()));
    }
    return folds;
  }

  private PredictedImage image(int number, double[] p) {
    int said = IntStream.range(0, p.length).reduce(0, (best, c) -> p[c] > p[best] ? c : best);
    return new PredictedImage(
        "%03d".formatted(number),
        "patient " + reference.path("groups").get(number).intValue(),
        List.of(reference.path("labels").get(number).intValue()),
        List.of(said),
        IntStream.range(0, p.length).mapToObj(c -> p[c]).toList());
  }

  private int groups() {
    return (int)
        StreamSupport.stream(reference.path("groups").spliterator(), false).distinct().count();
  }

  private static double[] values(List<Double> list) {
    return list.stream().mapToDouble(v -> v).toArray();
  }

  private static double[] numbers(JsonNode list) {
    return IntStream.range(0, list.size()).mapToDouble(i -> list.get(i).doubleValue()).toArray();
  }
}
