package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Decision;
import org.medtransformers.contracts.result.Intervals.Method;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.McNemarResult;
import org.medtransformers.contracts.result.PairedComparison.Model;

class PairedComparisonsTest {
  private static final int IMAGES = 200;
  private static final Model RESNET = new Model("random", "resnet18");
  private static final Model DEIT = new Model("random", "deit_tiny");

  private static PairedComparisons.Outcome compared(List<EvaluatedRun> runs) {
    return PairedComparisons.of(
        runs, new PairedComparisons.Terms(List.of("healthy", "ill"), model -> 0.01));
  }

  /** A model that is right on the first images of each class, so many of a hundred. */
  private static EvaluatedRun run(Model model, long seed, int rightOfHundred) {
    return run(model, seed, images(rightOfHundred, "image"));
  }

  private static EvaluatedRun run(Model model, long seed, List<PredictedImage> images) {
    return EvaluatedRun.of("APTOS2019", TargetMetric.RECALL, Task.MULTI_CLASS, model, seed, images);
  }

  private static List<PredictedImage> images(int rightOfHundred, String name) {
    return IntStream.range(0, IMAGES)
        .mapToObj(
            i -> {
              int said = i / 2 < rightOfHundred ? i % 2 : 1 - i % 2;
              return new PredictedImage(
                  "%s %03d".formatted(name, i),
                  "",
                  List.of(i % 2),
                  List.of(said),
                  List.of(0.5, 0.5));
            })
        .toList();
  }

  @Test
  void modelsAreTestedWithinAnInitialisationAndInitialisationsWithinAModel() {
    Model pretrained = new Model("ImageNet", "resnet18");
    Model unlike = new Model("ImageNet", "deit_small");
    PairedComparisons.Outcome found =
        compared(Stream.of(RESNET, DEIT, pretrained, unlike).map(m -> run(m, 0, 50)).toList());
    assertEquals(
        List.of(RESNET + "/" + DEIT, RESNET + "/" + pretrained, pretrained + "/" + unlike),
        found.tests().stream().map(t -> t.first() + "/" + t.second()).toList());
    assertEquals(3, PairedComparisons.count(List.of(RESNET, DEIT, pretrained, unlike)));
    assertEquals(List.of(), found.notes());
  }

  /** Images that both have right or both wrong add nothing; 20 of 200 are left, all one way. */
  @Test
  void theIntervalOfAccuracyIsThatOfTheSharesOfDisagreement() {
    PairedComparison found = compared(List.of(run(RESNET, 0, 60), run(DEIT, 0, 50))).tests().get(0);
    assertEquals(0.1, found.difference().value(), 1e-12);
    // Each draw's difference is nearly binomial(200, 0.1) / 200.
    double deviation = Math.sqrt(0.1 * 0.9 / IMAGES);
    assertEquals(0.1 - 1.96 * deviation, found.difference().low(), 0.006);
    assertEquals(0.1 + 1.96 * deviation, found.difference().high(), 0.006);
    assertEquals(2.0 / 10_001, found.difference().p(), 1e-15);
    assertEquals(
        List.of(new McNemarResult(null, 0, 20, 0, true, 2 * Math.pow(0.5, 20), Double.NaN)),
        found.perSeed());
  }

  /** The deviation between trainings is many times that between draws of images. */
  @Test
  void trainingsThatDifferWidelyWidenTheInterval() {
    List<EvaluatedRun> runs = new ArrayList<>();
    int[] rights = {90, 20, 80, 30, 85};
    for (int r = 0; r < rights.length; r++) {
      runs.add(run(RESNET, r, rights[r]));
      runs.add(run(DEIT, r, 50));
    }
    PairedComparison found = compared(runs).tests().get(0);
    assertEquals(5, found.repetitions());
    assertEquals(0.11, found.difference().value(), 1e-12);
    assertTrue(found.difference().low() < -0.1, found::toString);
    assertTrue(found.difference().high() > 0.3, found::toString);
  }

  @Test
  void onlyTrainingsWithTheSameSeedArePairs() {
    PairedComparison found =
        compared(List.of(run(RESNET, 0, 60), run(RESNET, 1, 90), run(DEIT, 0, 50))).tests().get(0);
    assertEquals(1, found.repetitions());
    assertEquals(0.1, found.difference().value(), 1e-12);
  }

  @Test
  void theOrderOfTheFileDoesNotMatter() {
    List<PredictedImage> shuffled = new ArrayList<>(images(60, "image"));
    Collections.shuffle(shuffled, new Random(1));
    assertEquals(
        compared(List.of(run(RESNET, 0, 60), run(DEIT, 0, 50))).tests(),
        compared(List.of(run(RESNET, 0, shuffled), run(DEIT, 0, 50))).tests());
  }

  @Test
  void otherImagesAreNotedAndNotCompared() {
    PairedComparisons.Outcome found =
        compared(List.of(run(RESNET, 0, 60), run(DEIT, 0, images(50, "other"))));
    assertEquals(List.of(), found.tests());
    assertEquals(
        List.of(
            "APTOS2019: resnet18, random and deit_tiny, random are not compared, they were tested"
                + " on different images"),
        found.notes());
  }

  @Test
  void repetitionsOnOtherImagesAreNotedToo() {
    PairedComparisons.Outcome found =
        compared(
            List.of(run(RESNET, 0, 60), run(RESNET, 1, images(50, "other")), run(DEIT, 0, 50)));
    assertEquals(List.of(), found.tests());
    assertEquals(1, found.notes().size());
    assertTrue(found.notes().get(0).contains("repetitions"), found.notes()::toString);
  }

  /** Of 30 images 3 are positive: no draw of 30 has one with a probability of 0.9^30. */
  @Test
  void drawsInWhichTheMetricIsUndefinedAreLeftOutAndCounted() {
    List<PredictedImage> images =
        IntStream.range(0, 30)
            .mapToObj(
                i -> {
                  int label = i < 3 ? 1 : 0;
                  double p = (i * 7 % 30) / 30.0;
                  return new PredictedImage(
                      "image %02d".formatted(i), "", List.of(label), List.of(0), List.of(1 - p, p));
                })
            .toList();
    List<EvaluatedRun> runs =
        Stream.of(RESNET, DEIT)
            .map(m -> EvaluatedRun.of("DDSM", TargetMetric.ROC_AUC, Task.BINARY, m, 0, images))
            .toList();
    PairedComparison.Difference found = compared(runs).tests().get(0).difference();
    double expected = 10_000 * (1 - Math.pow(0.9, 30));
    assertEquals(expected, found.draws(), 5 * Math.sqrt(expected * Math.pow(0.9, 30)));
    assertEquals(1, found.p(), 1e-12);
    assertEquals(Method.PERCENTILE, found.method());
  }

  @Test
  void eachKindOfTestIsCorrectedForItsNumberInTheTable() {
    List<PairedComparison> tests =
        compared(
                List.of(
                    run(RESNET, 0, 60),
                    run(DEIT, 0, 50),
                    run(new Model("ImageNet", "resnet18"), 0, 59)))
            .tests();
    List<PairedComparison> corrected = PairedComparisons.corrected(tests);
    assertEquals(2, corrected.size());
    assertEquals(2 * tests.get(0).difference().p(), corrected.get(0).difference().pHolm(), 1e-15);
    assertEquals(
        2 * tests.get(0).perSeed().get(0).p(), corrected.get(0).perSeed().get(0).pHolm(), 1e-15);
  }

  /**
   * 20 of 200 images differ, all one way: the standard error of their share is √(0.1 · 0.9 / 200),
   * and a difference of 0.1 takes (1.96 + 0.84)² · 0.1 · 0.9 / 0.1² images.
   */
  @Test
  void whatADifferenceAllowsToSayFollowsFromTheImagesAlone() {
    PairedComparison once = compared(List.of(run(RESNET, 0, 60), run(DEIT, 0, 50))).tests().get(0);
    assertEquals("image", once.claim().unit());
    assertEquals(IMAGES, once.claim().units());
    assertEquals(Math.sqrt(0.1 * 0.9 / IMAGES), once.claim().standardError(), 5e-4);
    assertEquals(7.849 * 0.1 * 0.9 / 0.01, once.claim().needed(), 3);
    assertEquals(1, once.claim().firstBetter(), 1e-3);
    assertEquals(0, once.claim().equivalent(), 1e-3);
    assertEquals(List.of(), once.claim().few());
    // A second training of each that differs widely changes the interval, not what images tell.
    PairedComparison twice =
        compared(
                List.of(run(RESNET, 0, 60), run(DEIT, 0, 50), run(RESNET, 1, 90), run(DEIT, 1, 80)))
            .tests()
            .get(0);
    assertEquals(2, twice.repetitions());
    assertTrue(twice.claim().standardError() < once.claim().standardError() + 1e-3);
  }

  @Test
  void ofTwoRegionsOfEquivalenceTheSmallerOneCounts() {
    List<EvaluatedRun> runs = List.of(run(RESNET, 0, 60), run(DEIT, 0, 50));
    PairedComparisons.Terms terms =
        new PairedComparisons.Terms(
            List.of("healthy", "ill"), model -> model.equals(DEIT) ? 0.05 : 0.3);
    PairedComparison found = PairedComparisons.of(runs, terms).tests().get(0);
    assertEquals(0.05, found.claim().rope());
    assertEquals(0, found.claim().equivalent(), 0.02);
    PairedComparison wide =
        PairedComparisons.of(
                runs, new PairedComparisons.Terms(List.of("healthy", "ill"), model -> 0.3))
            .tests()
            .get(0);
    assertEquals(1, wide.claim().equivalent(), 1e-3);
    assertEquals(
        Decision.EQUIVALENT, PairedComparisons.corrected(List.of(wide)).get(0).claim().decision());
  }

  /** A metric of 100 images moves in steps of 0.01; 0.85 - 0.84 is a little more to a computer. */
  @Test
  void aDifferenceAsLargeAsTheRegionLiesWithin() {
    HierarchicalBootstrap bootstrap =
        new HierarchicalBootstrap(HeldOutSet.of(images(50, "image")), 10, 0);
    HierarchicalBootstrap.Difference found =
        bootstrap.difference(
            bootstrap.measure(List.of(counts -> 0.85)),
            bootstrap.measure(List.of(counts -> 0.84)),
            0.01);
    assertEquals(new Superiority(1, 1), found.superiority());
  }

  @Test
  void tooFewImagesOfAClassAreTold() {
    List<PredictedImage> few = images(60, "image").subList(0, 8);
    assertEquals(
        List.of(
            "8 images, fewer than 30",
            "4 images of healthy, fewer than 5",
            "4 images of ill, fewer than 5"),
        compared(List.of(run(RESNET, 0, few), run(DEIT, 0, few))).tests().get(0).claim().few());
  }
}
