package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.result.Intervals.Interval;
import org.medtransformers.contracts.result.Intervals.Method;
import org.medtransformers.statistics.Verdict.Evidence;
import org.medtransformers.statistics.Verdict.Kind;

class VerdictTest {
  private static final double NO_TESTS = Double.NaN;

  @Test
  void anIntervalAboveZeroIsForTheFirst() {
    assertVerdict(
        Kind.FIRST_BETTER,
        "vit is better than resnet: AUC is higher by 0.050 [0.010, 0.090], with probability 0.990",
        evidence(0.05, 0.01, 0.09, 0.01, 0.99, 0.02));
  }

  @Test
  void anIntervalBelowZeroIsForTheSecond() {
    assertVerdict(
        Kind.SECOND_BETTER,
        "resnet is better than vit: AUC is higher by 0.050 [0.010, 0.090], with probability > 0.999",
        evidence(-0.05, -0.09, -0.01, NO_TESTS, 0.0001, 0));
  }

  @Test
  void aSureDifferenceThatHardlyMattersSaysSo() {
    assertVerdict(
        Kind.FIRST_BETTER,
        "vit is better than resnet: AUC is higher by 0.009 [0.001, 0.017], with probability 0.980,"
            + " which may be too little to matter",
        evidence(0.009, 0.001, 0.017, 0.03, 0.98, 0.6));
  }

  @Test
  void equivalenceComesBeforeASureDifference() {
    for (double low : new double[] {-0.002, 0.001}) {
      assertVerdict(
          Kind.EQUIVALENT,
          "vit and resnet are practically equivalent: with probability 0.950 their AUC differ by"
              + " 0.01 at most",
          evidence(0.004, low, 0.008, 0.01, 0.97, 0.95));
    }
  }

  @Test
  void whatIsNoMoreThanChanceAmongManyTestsIsUndecided() {
    assertVerdict(
        Kind.UNCORRECTED,
        "undecided between vit and resnet: AUC differs by 0.050 [0.010, 0.090], which by itself"
            + " would be more than chance, but not among all tests of the table (p = 0.050)",
        evidence(0.05, 0.01, 0.09, 0.05, 0.99, 0.02));
  }

  @Test
  void zeroInTheIntervalIsUndecidedWithTheNumberThatIsNeeded() {
    for (double low : new double[] {-0.01, 0}) {
      Verdict found = Verdict.of(evidence(0.02, low, 0.05, 0.001, 0.9, 0.3));
      assertEquals(Kind.UNDECIDED, found.kind());
      assertTrue(found.words().endsWith("; about 1,300 patients would be needed"), found::words);
    }
    assertEquals(Kind.UNDECIDED, Verdict.of(evidence(-0.02, -0.05, 0, 1, 0.1, 0.3)).kind());
  }

  @Test
  void noDifferenceAtAllWouldNeverBeSeen() {
    assertVerdict(
        Kind.UNDECIDED,
        "undecided between vit and resnet: AUC differs by 0.000 [-0.040, 0.040]; no number of"
            + " patients would show a difference of that size",
        evidence(0, -0.04, 0.04, 1, 0.5, 0.4, OptionalLong.empty(), List.of()));
  }

  @Test
  void whatIsUndefinedIsNotCompared() {
    String words = "vit and resnet cannot be compared: AUC is undefined on these images";
    double nan = Double.NaN;
    assertVerdict(Kind.INCOMPARABLE, words, evidence(nan, 0, 1, 0.1, 0.5, 0.1));
    assertVerdict(Kind.INCOMPARABLE, words, evidence(0.1, nan, nan, 0.1, 0.5, 0.1));
    assertVerdict(Kind.INCOMPARABLE, words, evidence(0.1, 0, 1, 0.1, nan, nan));
  }

  @Test
  void tooFewPatientsAreToldBesideAVerdict() {
    List<String> few = List.of("12 groups, fewer than 30", "3 images of ill, fewer than 5");
    Verdict found = Verdict.of(evidence(0.05, 0.01, 0.09, 0.01, 0.99, 0, OptionalLong.of(9), few));
    assertEquals(Kind.FIRST_BETTER, found.kind());
    assertTrue(
        found
            .words()
            .endsWith(
                " (not to be relied on: 12 groups, fewer than 30, 3 images of ill, fewer than 5)"),
        found::words);
  }

  @Test
  void aDataSetsSentenceHasTheFirmestFirst() {
    assertEquals(
        "breast: a is better than b; b and c are practically equivalent; undecided.",
        Verdict.sentence(
            "breast",
            List.of(
                new Verdict(Kind.UNDECIDED, "undecided"),
                new Verdict(Kind.EQUIVALENT, "b and c are practically equivalent"),
                new Verdict(Kind.FIRST_BETTER, "a is better than b"))));
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

  private static void assertVerdict(Kind kind, String words, Evidence evidence) {
    assertEquals(new Verdict(kind, words), Verdict.of(evidence));
  }

  private static Evidence evidence(
      double difference, double low, double high, double p, double better, double equivalent) {
    return evidence(difference, low, high, p, better, equivalent, OptionalLong.of(1234), List.of());
  }

  private static Evidence evidence(
      double difference,
      double low,
      double high,
      double p,
      double better,
      double equivalent,
      OptionalLong needed,
      List<String> few) {
    return new Evidence(
        "vit",
        "resnet",
        "AUC",
        difference,
        new Interval(low, high, 1000, Method.BCA),
        p,
        new Superiority(better, equivalent),
        0.01,
        "patients",
        needed,
        few);
  }
}
