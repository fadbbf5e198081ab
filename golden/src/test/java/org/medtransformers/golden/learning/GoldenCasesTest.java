package org.medtransformers.golden.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.medtransformers.parity.Parity;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Verdict;

/** Every number of the reference folder is met. */
class GoldenCasesTest {
  static final Path FOLDER = Path.of("../libs/learning/src/test/resources/golden");

  private static List<Verdict> verdicts;

  @BeforeAll
  static void runAll() {
    verdicts = run(FOLDER);
  }

  static List<Verdict> run(Path folder) {
    List<Verdict> verdicts = new ArrayList<>();
    new Parity(LearningCases.runners(Compute.onCpu(2)))
        .run(folder, Optional.empty(), new Report(verdicts::add));
    return verdicts;
  }

  @TestFactory
  Stream<DynamicTest> theCaseGivesTheReferencesNumbers() {
    return verdicts.stream()
        .map(
            v ->
                DynamicTest.dynamicTest(
                    v.group() + "/" + v.name(), () -> assertTrue(v.passed(), v.message())));
  }

  @Test
  void everyGroupOfThisLibraryTookPart() {
    assertEquals(
        Set.of(
            "models", "optimizers", "schedules", "metrics", "knn", "lr_finder", "weights", "ssl"),
        verdicts.stream().map(Verdict::group).collect(Collectors.toSet()));
  }
}
