package org.medtransformers.gateway.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.gateway.entity.RunEntity;

class ColumnsTest {
  private static TestRuns mnist(String file) {
    return TestRuns.of("random", "resnet18", DatasetName.MED_MNIST)
        .with("medtrans.medmnist.file", file + ".npz");
  }

  private static TestRuns folder(String location) {
    return TestRuns.of("random", "resnet18", DatasetName.IMAGE_FOLDER)
        .with("dataset_params.data_location", location);
  }

  private static List<String> headings(ComparisonTable table) {
    return table.columns().stream().map(Column::dataset).toList();
  }

  private static List<String> headings(RunEntity... runs) {
    return headings(Comparison.of(List.of(runs)));
  }

  @Test
  void setsOfOneKindAreColumnsWithTheirOwnMetric() {
    ComparisonTable table =
        Comparison.of(
            List.of(
                mnist("breastmnist")
                    .prepared(TargetMetric.ROC_AUC, "official", "b", "1")
                    .evaluated(0.9)
                    .run(),
                mnist("bloodmnist")
                    .prepared(TargetMetric.RECALL, "official", "l", "2")
                    .evaluated(0.8)
                    .run()));
    assertEquals(List.of("MedMNIST: breastmnist", "MedMNIST: bloodmnist"), headings(table));
    assertEquals(
        List.of("roc_auc", "recall"), table.columns().stream().map(Column::metric).toList());
    assertEquals(0.9, table.rows().get(0).cells().get(0).median());
    assertEquals(0.8, table.rows().get(0).cells().get(1).median());
  }

  @Test
  void otherImagesUnderTheSameNameAreToldApart() {
    List<String> found =
        headings(
            folder("/a").prepared(TargetMetric.RECALL, "grouped", "a", "1").run(),
            folder("/b").prepared(TargetMetric.RECALL, "grouped", "b", "2").run());
    assertEquals(2, found.size());
    assertNotEquals(found.get(0), found.get(1));
    assertTrue(found.stream().allMatch(n -> n.matches("ImageFolder \\([0-9a-f]{8}\\)")));
  }

  /** As where one that another run begins with is in no table. */
  @Test
  void runsAreListedUnderTheHeadingsOfTheirColumns() {
    RunEntity first = folder("/a").prepared(TargetMetric.RECALL, "grouped", "a", "1").run();
    RunEntity other = folder("/b").prepared(TargetMetric.RECALL, "grouped", "b", "2").run();
    RunEntity begun = folder("/c").prepared(TargetMetric.RECALL, "grouped", "c", "3").run();
    begun.lastPhase = false;
    List<RunEntity> runs = List.of(first, other, begun);
    assertEquals(
        headings(Comparison.of(runs)),
        List.of(first, other).stream().map(Comparisons.headings(runs)).toList());
    assertEquals("ImageFolder", Comparisons.headings(runs).apply(begun));
  }

  /** It is the images that make a data set, not where they lie or how large they are made. */
  @Test
  void aCopyElsewhereIsTheSameColumn() {
    assertEquals(
        List.of("ImageFolder"),
        headings(
            folder("/a").prepared(TargetMetric.RECALL, "grouped", "a", "1").run(),
            folder("/b").prepared(TargetMetric.RECALL, "grouped", "a", "1").run()));
  }

  @Test
  void theSameImagesUnderTwoNamesStandUnderBoth() {
    assertEquals(
        List.of("left", "right"),
        headings(
            folder("/a")
                .with("dataset_params.name", "left")
                .prepared(TargetMetric.RECALL, "grouped", "a", "1")
                .run(),
            folder("/a")
                .with("dataset_params.name", "right")
                .prepared(TargetMetric.RECALL, "grouped", "a", "1")
                .run()));
  }

  @Test
  void splitsOfOneSetAreColumnsByTheirKind() {
    assertEquals(
        List.of("ImageFolder (seed-compatible)", "ImageFolder (grouped)", "ImageFolder (5 folds)"),
        headings(
            folder("/a").prepared(TargetMetric.RECALL, "seed-compatible", "a", "1").run(),
            folder("/a").prepared(TargetMetric.RECALL, "grouped", "a", "2").run(),
            folder("/a").fold(0, 5, 42).prepared(TargetMetric.RECALL, "kfold", "a", "3").run()));
  }

  /** Two seeds of one kind test different images. */
  @Test
  void splitsOfOneKindAreColumnsToo() {
    assertEquals(
        2,
        headings(
                folder("/a").prepared(TargetMetric.RECALL, "grouped", "a", "1").run(),
                folder("/a").prepared(TargetMetric.RECALL, "grouped", "a", "2").run())
            .size());
  }

  @Test
  void foldsAndRepeatsOfOneSchemeAreOneColumn() {
    ComparisonTable table =
        Comparison.of(
            List.of(
                folder("/a").fold(0, 3, 42).prepared(TargetMetric.RECALL, "kfold", "a", "1").run(),
                folder("/a").fold(1, 3, 42).prepared(TargetMetric.RECALL, "kfold", "a", "2").run(),
                folder("/a").fold(0, 3, 43).prepared(TargetMetric.RECALL, "kfold", "a", "3").run(),
                folder("/a")
                    .fold(0, 4, 42)
                    .prepared(TargetMetric.RECALL, "kfold", "a", "4")
                    .run()));
    assertEquals(List.of("ImageFolder (3 folds)", "ImageFolder (4 folds)"), headings(table));
    assertEquals(3, table.columns().get(0).splits().size());
    assertEquals(3, table.columns().get(0).folds());
  }

  @Test
  void whatIsNotPreparedStandsWhereItsPlanSays() {
    assertEquals(
        List.of("ImageFolder"),
        headings(
            folder("/a").prepared(TargetMetric.RECALL, "seed-compatible", "a", "1").run(),
            folder("/a").run()));
    List<String> found = headings(folder("/a").run(), folder("/b").run());
    assertEquals(2, found.size());
    ComparisonTable unknown = Comparison.of(List.of(folder("/a").run()));
    assertNull(unknown.columns().get(0).metric());
    assertNull(unknown.rows().get(0).cells().get(0));
  }

  /** Such sets say nothing of their data but by their id. */
  @Test
  void setsOfBeforeTheirDataWereHashedAreToldApartByTheirIds() {
    RunEntity first = folder("/a").prepared(TargetMetric.RECALL, "grouped", null, null).run();
    RunEntity other = folder("/a").prepared(TargetMetric.RECALL, "grouped", null, null).run();
    assertEquals(1, headings(first, other).size());
  }

  @Test
  void columnsOfExperimentsThatShareANameSayWhose() {
    List<Summary> experiments = List.of(summary(1, "before"), summary(2, "after"));
    List<Compared> merged =
        MergedRuns.of(
            experiments,
            List.of(
                List.of(
                    folder("/a")
                        .experiment(1)
                        .prepared(TargetMetric.RECALL, "grouped", "a", "1")
                        .run()),
                List.of(
                    folder("/a")
                        .experiment(2)
                        .prepared(TargetMetric.RECALL, "grouped", "b", "2")
                        .run())));
    assertEquals(
        List.of("ImageFolder (before)", "ImageFolder (after)"),
        merged.stream().map(Compared::dataset).toList());
    // They are different data, so their rows need not be told apart.
    assertEquals(1, merged.stream().map(Compared::initialisation).distinct().count());
  }

  private static Summary summary(long number, String name) {
    return new Summary(
        new UUID(0, number).toString(), name, ExperimentState.SUCCEEDED, Instant.EPOCH);
  }
}
