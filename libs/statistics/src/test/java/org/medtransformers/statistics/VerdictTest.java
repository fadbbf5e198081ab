package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.result.Decision;
import org.medtransformers.contracts.result.Intervals.Method;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.AcrossFolds;
import org.medtransformers.contracts.result.PairedComparison.Claim;
import org.medtransformers.contracts.result.PairedComparison.Difference;
import org.medtransformers.contracts.result.PairedComparison.Model;

class VerdictTest {
  @Test
  void anIntervalAboveZeroIsForTheFirst() {
    assertVerdict(
        Decision.FIRST_BETTER,
        "vit (random) is better than resnet (random): AUC is higher by 0.050 [0.010, 0.090], with probability 0.990",
        pair(0.05, 0.01, 0.09, 0.01, 0.99, 0.02));
  }

  @Test
  void anIntervalBelowZeroIsForTheSecond() {
    assertVerdict(
        Decision.SECOND_BETTER,
        "resnet (random) is better than vit (random): AUC is higher by 0.050 [0.010, 0.090], with probability > 0.999",
        pair(-0.05, -0.09, -0.01, 0.001, 0.0001, 0));
  }

  @Test
  void aSureDifferenceThatHardlyMattersSaysSo() {
    assertVerdict(
        Decision.FIRST_BETTER,
        "vit (random) is better than resnet (random): AUC is higher by 0.009 [0.001, 0.017], with probability 0.980,"
            + " which may be too little to matter",
        pair(0.009, 0.001, 0.017, 0.03, 0.98, 0.6));
  }

  @Test
  void equivalenceComesBeforeASureDifference() {
    for (double low : new double[] {-0.002, 0.001}) {
      assertVerdict(
          Decision.EQUIVALENT,
          "vit (random) and resnet (random) are practically equivalent: with probability 0.950 their AUC differ by"
              + " 0.01 at most",
          pair(0.004, low, 0.008, 0.01, 0.97, 0.95));
    }
  }

  @Test
  void whatIsNoMoreThanChanceAmongManyTestsIsUndecided() {
    assertVerdict(
        Decision.UNCORRECTED,
        "undecided between vit (random) and resnet (random): AUC differs by 0.050 [0.010, 0.090], which leaves zero"
            + " out, but p = 0.050 corrected for all tests of the table",
        pair(0.05, 0.01, 0.09, 0.05, 0.99, 0.02));
  }

  @Test
  void zeroInTheIntervalIsUndecidedWithTheNumberThatIsNeeded() {
    for (double low : new double[] {-0.01, 0}) {
      Verdict found = Verdict.of(pair(0.02, low, 0.05, 0.001, 0.9, 0.3));
      assertEquals(Decision.UNDECIDED, found.decision());
      assertTrue(
          found.words().endsWith("; about 1,300 patients or lesions would be needed"),
          found::words);
    }
    assertEquals(Decision.UNDECIDED, Verdict.of(pair(-0.02, -0.05, 0, 1, 0.1, 0.3)).decision());
  }

  @Test
  void noDifferenceAtAllWouldNeverBeSeen() {
    assertVerdict(
        Decision.UNDECIDED,
        "undecided between vit (random) and resnet (random): AUC differs by 0.000 [−0.040, 0.040]; no number of"
            + " patients or lesions would show a difference of that size",
        pair(0, -0.04, 0.04, 1, 0.5, 0.4, null));
  }

  @Test
  void whatIsUndefinedIsNotCompared() {
    String words =
        "vit (random) and resnet (random) cannot be compared: AUC is undefined on these images";
    double nan = Double.NaN;
    assertVerdict(Decision.INCOMPARABLE, words, pair(nan, 0, 1, 0.1, 0.5, 0.1));
    assertVerdict(Decision.INCOMPARABLE, words, pair(0.1, nan, nan, 0.1, 0.5, 0.1));
    assertVerdict(Decision.INCOMPARABLE, words, pair(0.1, 0, 1, 0.1, nan, nan));
  }

  /** More patients do not make smaller what trainings differ by. */
  @Test
  void whereTrainingsDifferMorePatientsAreNotNeeded() {
    Verdict found = Verdict.of(pair(0.02, -0.01, 0.05, 0.2, 0.9, 0.3, 100L));
    assertTrue(
        found
            .words()
            .endsWith("; more trainings would be needed rather than more patients or lesions"),
        found::words);
  }

  /** The bootstrap does not know that folds share training images. */
  @Test
  void ofACrossValidationBothTestsMustAgree() {
    PairedComparison alone = pair(0.05, 0.01, 0.09, 0.01, 0.99, 0.02);
    Verdict unsure = Verdict.of(folded(alone, 0.2));
    assertEquals(Decision.UNCORRECTED, unsure.decision());
    assertTrue(unsure.words().contains("but p across folds = 0.200 corrected"), unsure::words);
    assertEquals(Decision.FIRST_BETTER, Verdict.of(folded(alone, 0.02)).decision());
    assertEquals(Decision.FIRST_BETTER, Verdict.of(folded(alone, Double.NaN)).decision());
  }

  private static PairedComparison folded(PairedComparison pair, double p) {
    AcrossFolds folds = new AcrossFolds(2, 1, List.of(0.1, 0.0), 50, 50, 0.05, 1, 1, p, p);
    return new PairedComparison(
        pair.dataset(),
        pair.metric(),
        pair.first(),
        pair.second(),
        1,
        100,
        100,
        pair.difference(),
        pair.claim(),
        List.of(),
        folds);
  }

  @Test
  void probabilitiesAreSharesOfTheDrawsTiesCountingHalf() {
    double[] draws = {-0.02, -0.01, 0, 0.005, 0.3, Double.NaN};
    assertEquals(new Superiority(0.5, 0.6), Superiority.of(draws, 0.01));
    assertTrue(Double.isNaN(Superiority.of(new double[0], 0.01).firstBetter()));
    assertThrows(IllegalArgumentException.class, () -> Superiority.of(draws, -1));
  }

  @Test
  void theNumberNeededIsStatsmodels() {
    JsonNode cases = Claims.reference().path("required");
    assertEquals(3, cases.size());
    for (JsonNode row : cases) {
      double[] numbers = Claims.numbers(row);
      assertEquals(
          OptionalLong.of((long) Math.ceil(numbers[3])),
          RequiredGroups.of((int) numbers[0], numbers[1], numbers[2]));
    }
    assertEquals(OptionalLong.empty(), RequiredGroups.of(100, 0, 0.1));
    assertEquals(OptionalLong.empty(), RequiredGroups.of(100, 1e-9, 0.1));
    assertEquals(OptionalLong.empty(), RequiredGroups.of(100, 0.1, Double.NaN));
    assertEquals(OptionalLong.of(1), RequiredGroups.of(100, 0.1, 0));
  }

  /**
   * The mean of n numbers of variance v has the standard error √(v/n): n more of them are needed.
   */
  @Test
  void theStandardErrorIsTheSpreadOfTheDraws() {
    assertEquals(
        Math.sqrt(2.5),
        RequiredGroups.standardError(new double[] {1, 2, Double.NaN, 3, 4, 5}),
        1e-15);
    assertTrue(Double.isNaN(RequiredGroups.standardError(new double[] {1})));
  }

  private static void assertVerdict(Decision decision, String words, PairedComparison pair) {
    assertEquals(new Verdict(decision, words), Verdict.of(pair));
  }

  private static PairedComparison pair(
      double difference, double low, double high, double p, double better, double equivalent) {
    return pair(difference, low, high, p, better, equivalent, 1234L);
  }

  private static PairedComparison pair(
      double difference,
      double low,
      double high,
      double p,
      double better,
      double equivalent,
      Long needed) {
    return new PairedComparison(
        "breast",
        "AUC",
        new Model("random", "vit"),
        new Model("random", "resnet"),
        1,
        100,
        100,
        new Difference(difference, low, high, Method.BCA, p, p, 1000),
        new Claim(better, equivalent, 0.01, "group", 100, 0.02, needed, List.of(), null),
        List.of(),
        null);
  }
}
