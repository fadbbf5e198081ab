package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.result.DatasetVerdict;
import org.medtransformers.contracts.result.Intervals.Method;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.Claim;
import org.medtransformers.contracts.result.PairedComparison.Difference;
import org.medtransformers.contracts.result.PairedComparison.Model;

class MeasuredModelsTest {
  private static final Model A = new Model("random", "a");
  private static final Model B = new Model("random", "b");
  private static final Model C = new Model("ImageNet", "a");
  private static final Model D = new Model("ImageNet", "b");

  /** A difference that is sure, or none that is known. */
  private static PairedComparison pair(
      Model first, Model second, double difference, String... few) {
    double half = Math.abs(difference) / 2;
    return new PairedComparison(
        "breast",
        "recall",
        first,
        second,
        1,
        100,
        null,
        new Difference(
            difference, difference - half, difference + half, Method.BCA, 0.001, 0.002, 10_000),
        new Claim(difference > 0 ? 1 : 0, 0, 0.01, "image", 100, 0.01, 20L, List.of(few), null),
        List.of(),
        null);
  }

  private static MeasuredModels set(String dataset, Object... modelsAndMeans) {
    Map<Model, Double> means = new LinkedHashMap<>();
    for (int i = 0; i < modelsAndMeans.length; i += 2) {
      means.put((Model) modelsAndMeans[i], (Double) modelsAndMeans[i + 1]);
    }
    return new MeasuredModels(dataset, "recall", means, true);
  }

  @Test
  void ofTwoModelsTheSentenceIsThatOfThePair() {
    assertEquals(
        Optional.of(
            new DatasetVerdict(
                "breast",
                "recall",
                B,
                "breast: b (random) is better than a (random): recall is higher by 0.100 [0.050,"
                    + " 0.150], with probability > 0.999.")),
        set("breast", A, 0.7, B, 0.8).verdict(List.of(pair(A, B, -0.1))));
  }

  @Test
  void ofManyTheBestIsHeldAgainstEachThatItIsTestedWithTheFirmestFirst() {
    String sentence =
        set("breast", A, 0.9, B, 0.8, C, 0.9, D, 0.7)
            .verdict(
                List.of(pair(A, C, 0), pair(A, B, 0.1, "9 images, fewer than 30"), pair(B, D, 0.1)))
            .orElseThrow()
            .sentence();
    assertTrue(
        sentence.startsWith(
            "breast: of 4 models a (random) has the highest recall; a (random) is better than b"
                + " (random): "),
        sentence);
    assertTrue(sentence.contains("; undecided between a (random) and a (ImageNet): "), sentence);
    assertTrue(
        sentence.endsWith(
            "; not tested with b (ImageNet) (not to be relied on: 9 images, fewer than 30)."),
        sentence);
  }

  @Test
  void withoutTestsThereIsNothingToSay() {
    assertEquals(Optional.empty(), set("skin", A, 0.9, B, 0.8).verdict(List.of(pair(A, B, 0.1))));
    assertEquals(
        Optional.empty(),
        set("breast", A, Double.NaN, B, Double.NaN).verdict(List.of(pair(A, B, 0.1))));
  }

  @Test
  void modelsThatAreOnEachDataSetAreRankedAndOthersNamed() {
    RankedModels.Outcome found =
        RankedModels.of(
            List.of(
                set("breast", A, 0.9, B, 0.8, C, 0.7, D, 0.6),
                set("skin", C, 0.5, B, 0.6, A, 0.7)));
    ModelRanks ranks = found.ranks().orElseThrow();
    assertEquals(List.of(A, B, C), ranks.models().stream().map(ModelRanks.Ranked::model).toList());
    assertEquals(
        List.of(1.0, 2.0, 3.0), ranks.models().stream().map(ModelRanks.Ranked::rank).toList());
    assertEquals(List.of(0.9, 0.7), ranks.models().get(0).values());
    assertEquals(1, ranks.nemenyi().get(1).get(1));
    assertEquals(
        List.of("Ranks: without a number on each data set and left out: b (ImageNet)"),
        found.notes());
  }

  @Test
  void whyThereAreNoRanksIsTold() {
    assertEquals(List.of(), RankedModels.of(List.of(set("breast", A, 0.9, B, 0.8))).notes());
    RankedModels.Outcome two =
        RankedModels.of(List.of(set("breast", A, 0.9, B, 0.8), set("skin", A, 0.7, B, 0.8)));
    assertEquals(Optional.empty(), two.ranks());
    assertEquals(
        List.of(
            "Ranks: there are none: of 2 data sets 2 models have a number on each; it takes 2 and 3"),
        two.notes());
    MeasuredModels mixed =
        new MeasuredModels("skin", "recall", Map.of(A, 0.7, B, 0.8, C, 0.6), false);
    RankedModels.Outcome other =
        RankedModels.of(Arrays.asList(set("breast", A, 0.9, B, 0.8, C, 0.7), mixed));
    assertEquals(Optional.empty(), other.ranks());
    assertEquals(
        "Ranks: skin is left out, its models were tested on different images",
        other.notes().get(0));
  }
}
