package org.medtransformers.golden.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.medtransformers.parity.Parity;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Verdict;

/** The numbers are those of scipy and scikit-learn. */
class GoldenCasesTest {
  private static final Path FOLDER = Path.of("../libs/statistics/src/test/resources/golden");

  @TestFactory
  Stream<DynamicTest> theCaseGivesTheReferencesNumbers() {
    return run(FOLDER).stream()
        .map(v -> DynamicTest.dynamicTest(v.name(), () -> assertTrue(v.passed(), v.message())));
  }

  @Test
  void noCaseIsLeftOut() {
    assertEquals(9, run(FOLDER).size());
  }

  private static List<Verdict> run(Path folder) {
    List<Verdict> verdicts = new ArrayList<>();
    new Parity(StatisticsCases.runners()).run(folder, Optional.empty(), new Report(verdicts::add));
    return verdicts;
  }
}
