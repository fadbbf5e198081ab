package org.medtransformers.gateway.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.TableText;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.statistics.PooledEstimate;

class FoldedCellTest {
  private static final int FOLDS = 3;

  private final List<List<Pool>> asked = new ArrayList<>();

  private Optional<PooledEstimate> pooled(List<Pool> pools) {
    asked.add(pools);
    return Optional.of(
        new PooledEstimate(0.75, 0.5, 0.9, 1000, 60, OptionalInt.of(30), List.of(0.75)));
  }

  private static TestRuns round(int fold, long splitSeed, int repetition) {
    return TestRuns.of("random", "resnet18", DatasetName.APTOS2019)
        .repetition(repetition)
        .fold(fold, FOLDS, splitSeed)
        .prepared(TargetMetric.COHEN_KAPPA, "kfold", "data", splitSeed + "/" + fold);
  }

  private static List<RunEntity> division(long splitSeed, int repetition) {
    return List.of(
        round(0, splitSeed, repetition).evaluated(0.6).run(),
        round(1, splitSeed, repetition).evaluated(0.7).run(),
        round(2, splitSeed, repetition).evaluated(0.8).run());
  }

  private ComparisonTable table(List<RunEntity> runs) {
    return Comparison.table(MergedRuns.of(runs), this::pooled);
  }

  private static String text(ComparisonTable table) {
    return TableText.rows(table).get(1).get(2);
  }

  @Test
  void foldsOfOneDivisionAreOneNumber() {
    ComparisonTable table = table(division(42, 0));
    Cell cell = table.rows().get(0).cells().get(0);
    assertEquals(1, table.rows().size());
    assertEquals(0.75, cell.folds().pooled());
    assertEquals(0.7, cell.folds().mean(), 1e-12);
    assertEquals(0.1, cell.folds().std(), 1e-12);
    assertEquals(30, cell.folds().groups());
    assertEquals("0.750 [0.500, 0.900]; 0.700 ± 0.100 (3 folds)", text(table));
    assertEquals(1, asked.get(0).size());
    assertEquals(FOLDS, asked.get(0).get(0).runs().size());
  }

  @Test
  void divisionsAndSeedsAreNumbersOfTheirOwn() {
    List<RunEntity> runs = new ArrayList<>(division(42, 0));
    runs.addAll(division(43, 0));
    runs.addAll(division(42, 1));
    ComparisonTable table = table(runs);
    assertEquals(3, asked.get(0).size());
    assertEquals(3, table.rows().get(0).cells().get(0).n());
    assertEquals(9, table.rows().get(0).cells().get(0).folds().evaluated());
    assertEquals("0.750 [0.500, 0.900]; 0.700 ± 0.087 (3 × 3 folds)", text(table));
  }

  @Test
  void aDivisionThatIsNotWholeDoesNotCountBesideOneThatIs() {
    List<RunEntity> runs = new ArrayList<>(division(42, 0));
    runs.add(round(0, 43, 0).evaluated(0.1).run());
    runs.add(round(1, 43, 0).failed().run());
    runs.add(round(2, 43, 0).evaluated(0.1).run());
    ComparisonTable table = table(runs);
    assertEquals(1, asked.get(0).size());
    assertEquals("0.750 [0.500, 0.900]; 0.700 ± 0.100 (1 of 2 × 3 folds)", text(table));
    assertEquals(5, table.rows().get(0).cells().get(0).folds().atHand());
    assertEquals(
        List.of(
            "APTOS2019: resnet18, random #1: of the 3 folds by split seed 43 these have no result:"
                + " 1; the numbers are of the divisions that are whole"),
        MissingFolds.notes(MergedRuns.of(runs)));
  }

  @Test
  void aPartIsSaidToBeOne() {
    List<RunEntity> runs =
        List.of(
            round(0, 42, 0).evaluated(0.6).run(),
            round(1, 42, 0).failed().run(),
            round(2, 42, 0).evaluated(0.8).run());
    assertEquals("0.750 [0.500, 0.900]; 0.700 ± 0.141 (only 2 of 3 folds)", text(table(runs)));
    assertEquals(1, MissingFolds.notes(MergedRuns.of(runs)).size());
    List<RunEntity> one = List.of(round(1, 42, 0).evaluated(0.6).run());
    assertEquals("0.750 [0.500, 0.900]; 0.600 (only 1 of 3 folds)", text(table(one)));
  }

  @Test
  void withoutAnyFoldThereIsNoNumber() {
    ComparisonTable table = table(List.of(round(0, 42, 0).failed().run()));
    assertNull(table.rows().get(0).cells().get(0));
    assertEquals(List.of(), asked);
  }

  /** As where only the database is looked at. */
  @Test
  void withoutPredictionsTheFoldsAreToldByThemselves() {
    ComparisonTable table = Comparison.of(division(42, 0));
    assertNull(table.rows().get(0).cells().get(0).median());
    assertEquals("–; 0.700 ± 0.100 (3 folds)", text(table));
  }
}
