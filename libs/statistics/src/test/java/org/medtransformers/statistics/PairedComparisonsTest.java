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
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.McNemarResult;
import org.medtransformers.contracts.result.PairedComparison.Model;

class PairedComparisonsTest {
  private static final int IMAGES = 200;
  private static final Model RESNET = new Model("random", "resnet18");
  private static final Model DEIT = new Model("random", "deit_tiny");

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
        PairedComparisons.of(
            Stream.of(RESNET, DEIT, pretrained, unlike).map(m -> run(m, 0, 50)).toList());
    assertEquals(
        List.of(RESNET + "/" + DEIT, RESNET + "/" + pretrained, pretrained + "/" + unlike),
        found.tests().stream().map(t -> t.first() + "/" + t.second()).toList());
    assertEquals(3, PairedComparisons.count(List.of(RESNET, DEIT, pretrained, unlike)));
    assertEquals(List.of(), found.notes());
  }

  /** Images that both have right or both wrong add nothing; 20 of 200 are left, all one way. */
  @Test
  void theIntervalOfAccuracyIsThatOfTheSharesOfDisagreement() {
    PairedComparison found =
        PairedComparisons.of(List.of(run(RESNET, 0, 60), run(DEIT, 0, 50))).tests().get(0);
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
    PairedComparison found = PairedComparisons.of(runs).tests().get(0);
    assertEquals(5, found.repetitions());
    assertEquals(0.11, found.difference().value(), 1e-12);
    assertTrue(found.difference().low() < -0.1, found::toString);
    assertTrue(found.difference().high() > 0.3, found::toString);
  }

  @Test
  void onlyTrainingsWithTheSameSeedArePairs() {
    PairedComparison found =
        PairedComparisons.of(List.of(run(RESNET, 0, 60), run(RESNET, 1, 90), run(DEIT, 0, 50)))
            .tests()
            .get(0);
    assertEquals(1, found.repetitions());
    assertEquals(0.1, found.difference().value(), 1e-12);
  }

  @Test
  void theOrderOfTheFileDoesNotMatter() {
    List<PredictedImage> shuffled = new ArrayList<>(images(60, "image"));
    Collections.shuffle(shuffled, new Random(1));
    assertEquals(
        PairedComparisons.of(List.of(run(RESNET, 0, 60), run(DEIT, 0, 50))).tests(),
        PairedComparisons.of(List.of(run(RESNET, 0, shuffled), run(DEIT, 0, 50))).tests());
  }

  @Test
  void otherImagesAreNotedAndNotCompared() {
    PairedComparisons.Outcome found =
        PairedComparisons.of(List.of(run(RESNET, 0, 60), run(DEIT, 0, images(50, "other"))));
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
        PairedComparisons.of(
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
    PairedComparison.Difference found = PairedComparisons.of(runs).tests().get(0).difference();
    double expected = 10_000 * (1 - Math.pow(0.9, 30));
    assertEquals(expected, found.draws(), 5 * Math.sqrt(expected * Math.pow(0.9, 30)));
    assertEquals(1, found.p(), 1e-12);
  }

  @Test
  void eachKindOfTestIsCorrectedForItsNumberInTheTable() {
    List<PairedComparison> tests =
        PairedComparisons.of(
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
}
