package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Intervals;

class BootstrapTest {
  private static final List<String> CLASSES = List.of("absent", "present");

  @Test
  void allImagesOfAPatientAreDrawnTogether() {
    Bootstrap bootstrap = new Bootstrap(List.of("a", "", "b", "a", "", "b", "b"), 3);
    for (int resample = 0; resample < 50; resample++) {
      int[] counts = bootstrap.counts(resample);
      assertEquals(counts[0], counts[3]);
      assertEquals(counts[2], counts[5]);
      assertEquals(counts[2], counts[6]);
      assertEquals(4, counts[0] + counts[1] + counts[2] + counts[4]);
    }
  }

  /** The share of successes has a known spread, by which the interval can be told. */
  @Test
  void theIntervalOfAnAccuracyIsTheNormalOneForManyImages() {
    int n = 2000;
    double accuracy = 0.8;
    Intervals.Interval found =
        new Bootstrap(Collections.nCopies(n, ""), 0)
            .intervals(outcomes(n, accuracy), CLASSES, 2000)
            .values()
            .get("accuracy");
    double half = 1.96 * Math.sqrt(accuracy * (1 - accuracy) / n);
    assertEquals(accuracy - half, found.low(), 0.002);
    assertEquals(accuracy + half, found.high(), 0.002);
  }

  @Test
  void repeatedImagesOfOnePatientMakeTheIntervalAsWideAsFewerImagesDo() {
    List<String> patients = IntStream.range(0, 2000).mapToObj(i -> "p" + i / 10).toList();
    Intervals found = new Bootstrap(patients, 0).intervals(outcomes(2000, 0.8), CLASSES, 1000);
    assertEquals("group", found.unit());
    assertEquals(200, found.units());
    Intervals.Interval interval = found.values().get("accuracy");
    double half = 1.96 * Math.sqrt(0.16 / 200);
    assertEquals(2 * half, interval.high() - interval.low(), 0.012);
  }

  @Test
  void aMetricWithoutAValueInAResampleIsLeftOutThere() {
    List<PredictedImage> images =
        List.of(image("a", 1, 0.9), image("b", 0, 0.2), image("c", 0, 0.6));
    Intervals found =
        new Bootstrap(Collections.nCopies(3, ""), 0)
            .intervals(Outcomes.of(Task.BINARY, images), CLASSES, 1000);
    Intervals.Interval area = found.values().get("roc_auc");
    assertEquals(1, area.low());
    // Neither only positives (1/27) nor none at all (8/27).
    assertEquals(1000 * 18 / 27.0, area.resamples(), 60);
    assertEquals(1000, found.values().get("accuracy").resamples());
  }

  @Test
  void tooFewGroupsAndImagesOfAClassAreTold() {
    List<PredictedImage> images =
        List.of(image("a", 1, 0.9), image("b", 0, 0.2), image("c", 0, 0.6));
    assertEquals(
        List.of(
            "3 images, fewer than 30",
            "2 images of absent, fewer than 5",
            "1 image of present, fewer than 5"),
        new Bootstrap(Collections.nCopies(3, ""), 0)
            .intervals(Outcomes.of(Task.BINARY, images), CLASSES, 10)
            .few());
    List<String> patients = IntStream.range(0, 2000).mapToObj(i -> "p" + i % 29).toList();
    assertEquals(
        List.of("29 groups, fewer than 30", "0 images of absent, fewer than 5"),
        new Bootstrap(patients, 0).intervals(outcomes(2000, 0.8), CLASSES, 10).few());
  }

  @Test
  void thirtyGroupsAndFiveImagesOfAClassAreEnough() {
    List<PredictedImage> images =
        IntStream.range(0, 30).mapToObj(i -> image("i" + i, i < 5 ? 1 : 0, 0.5)).toList();
    assertEquals(
        List.of(),
        new Bootstrap(Collections.nCopies(30, ""), 0)
            .intervals(Outcomes.of(Task.BINARY, images), CLASSES, 10)
            .few());
  }

  /** Of every patient of ten images all are right or none. */
  private static Outcomes outcomes(int n, double accuracy) {
    return Outcomes.of(
        Task.BINARY,
        IntStream.range(0, n)
            .mapToObj(i -> image("i" + i, 1, i / 10 % 10 < 10 * accuracy ? 0.9 : 0.1))
            .toList());
  }

  private static PredictedImage image(String id, int label, double positive) {
    return new PredictedImage(
        id, "", List.of(label), List.of(positive > 0.5 ? 1 : 0), List.of(1 - positive, positive));
  }
}
