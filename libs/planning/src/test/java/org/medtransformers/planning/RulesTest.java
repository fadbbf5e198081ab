package org.medtransformers.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.cost.InferenceCost;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.contracts.cost.Pace;
import org.medtransformers.contracts.cost.Resources;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.cost.TrainingCost;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.MedtransException;

class RulesTest {
  @ParameterizedTest
  @CsvSource({
    "30m, PT30M",
    "2h, PT2H",
    "1h30m, PT1H30M",
    "overnight, PT10H",
    "150s, PT2M30S",
    "1d, PT24H",
    "45 min, PT45M"
  })
  void timesAreReadAsPeopleWriteThem(String text, Duration time) {
    assertEquals(time, TimeText.read(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "10s", "", "-5m", "0m", "30", "15d", "1e3m", "٣٠m"})
  void whatIsNoTimeIsNamedBesideWhatIs(String text) {
    MedtransException refused = assertThrows(MedtransException.class, () -> TimeText.read(text));
    assertTrue(refused.getMessage().contains("found \"" + text + "\", allowed: 2m to 14d"));
  }

  @Test
  void gradesAreJudgedByKappaTwoClassesByRocAndAllOthersByMacroRecall() {
    assertEquals(TargetMetric.COHEN_KAPPA, metric("grade 0", "grade 1", "grade 2"));
    assertEquals(TargetMetric.COHEN_KAPPA, metric("Stage_1", "Stage_2", "Stage_3"));
    assertEquals(TargetMetric.COHEN_KAPPA, metric("score 9", "score 10", "score 11"));
    // Ordered by their letters, not by their numbers: far off would not be far.
    assertEquals(TargetMetric.RECALL, metric("Stage 9", "stage 10", "stage 2"));
    assertEquals(TargetMetric.RECALL, metric("0", "1", "2"));
    assertEquals(TargetMetric.RECALL, metric("cat", "dog", "grade 1"));
    assertEquals(TargetMetric.ROC_AUC, metric("benign", "malignant"));
  }

  private static TargetMetric metric(String... classes) {
    Integer[] counts = List.of(classes).stream().map(c -> 50).toArray(Integer[]::new);
    return MetricRule.of(Looks.folders(List.of(classes), 64, counts)).metric();
  }

  @Test
  void aClassOfTwoImagesIsRefusedByName() {
    MedtransException refused =
        assertThrows(
            MedtransException.class,
            () -> DataRules.require(Looks.folders(List.of("cat", "dog"), 64, 500, 2)));
    assertTrue(refused.getMessage().contains("dog (2); allowed: 10"), refused::getMessage);
  }

  /** At last 32 images a second, on average fewer; 64 looked at in 1 s; the epoch 1 + 1 + 0.5 s. */
  @Test
  void whatImagesDoNotExplainIsTheRunsOwn() {
    Setting setting = new Setting(Backbone.RESNET18, 0, 64, 8, 3, TrainingMethod.SUPERVISED);
    Machine machine = new Machine("a processor", 2, 2, 8L, null, null);
    TrainingCost training =
        new TrainingCost(machine, 1, 16, 4, 9, new Pace(104, 13, 6, 0), Resources.UNKNOWN);
    InferenceCost inference =
        new InferenceCost(machine, 1, 1, new Pace(64, 8, 1, 0), Resources.UNKNOWN);
    Probe.Seen seen =
        new Probe.Seen(
            setting,
            new RunCosts(List.of(training), inference),
            32,
            2.5,
            new SplitSizes(32, 64, 64),
            Task.MULTI_CLASS);
    // Learning 16 x 0.25, four validations of 1 + 0.5, a test of 1: 11 of 12.5.
    Speed speed = Probe.speeds(List.of(seen, seen), 25).get(setting);
    assertEquals(1 / 32.0, speed.perImage(), 1e-12);
    assertEquals(1 / 64.0, speed.perEvaluated(), 1e-12);
    assertEquals(0.5, speed.perValidation(), 1e-12);
    assertEquals(1.5, speed.perRun(), 1e-12);
    assertEquals(Map.of(setting, speed).get(setting).scaled(2).perImage(), 4 / 32.0, 1e-12);
  }
}
