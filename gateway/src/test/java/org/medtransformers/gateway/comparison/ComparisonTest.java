package org.medtransformers.gateway.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.ComparisonTable.ColumnSplit;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.entity.RunEntity;

class ComparisonTest {

  @Test
  void repetitionsAreSummedUpByTheTargetMetricOfTheirDataSet() {
    ComparisonTable table =
        Comparison.of(
            List.of(
                succeeded("random", "resnet18", "APTOS2019", 0.8),
                succeeded("random", "resnet18", "APTOS2019", 0.6),
                succeeded("random", "resnet18", "DDSM", 0.9)));
    assertEquals(
        List.of(
            new Column(
                "APTOS2019",
                "cohen_kappa",
                false,
                List.of(new ColumnSplit("official", "official held out", 0))),
            new Column(
                "DDSM",
                "roc_auc",
                false,
                List.of(new ColumnSplit("official", "official held out", 0)))),
        table.columns());
    assertEquals(1, table.rows().size());
    Cell aptos = table.rows().get(0).cells().get(0);
    assertEquals(0.7, aptos.median(), 1e-12);
    assertEquals(0.1414213562373095, aptos.std(), 1e-12);
    assertEquals(new Cell(0.9, null, 1, 1, List.of(0.9)), table.rows().get(0).cells().get(1));
  }

  @Test
  void rowsComeInTheOrderOfFirstAppearance() {
    ComparisonTable table =
        Comparison.of(
            List.of(
                succeeded("random", "resnet50", "DDSM", 0.5),
                succeeded("random", "deit_tiny", "DDSM", 0.5),
                succeeded("ImageNet", "resnet50", "DDSM", 0.5),
                succeeded("random", "resnet50", "DDSM", 0.5)));
    assertEquals(
        List.of("random resnet50", "random deit_tiny", "ImageNet resnet50"),
        table.rows().stream().map(r -> r.initialisation() + " " + r.backbone()).toList());
  }

  @Test
  void whatHasNotSucceededIsMissingNotZero() {
    RunEntity failed = run("random", "resnet18", "DDSM", RunState.FAILED);
    ComparisonTable table =
        Comparison.of(List.of(succeeded("random", "resnet18", "DDSM", 0.5), failed));
    assertEquals(new Cell(0.5, null, 1, 2, List.of(0.5)), table.rows().get(0).cells().get(0));
  }

  @Test
  void nothingIsKnownBeforeADataSetIsRead() {
    RunEntity queued = run("random", "resnet18", "DDSM", RunState.PREPARING);
    ComparisonTable table = Comparison.of(List.of(queued));
    assertEquals(List.of(new Column("DDSM", null, false, List.of())), table.columns());
    assertNull(table.rows().get(0).cells().get(0));
  }

  @Test
  void aKindThatWasNotPlannedForADataSetHasNoCell() {
    ComparisonTable table =
        Comparison.of(
            List.of(
                succeeded("random", "resnet18", "DDSM", 0.5),
                succeeded("random", "deit_tiny", "APTOS2019", 0.5)));
    assertNull(table.rows().get(0).cells().get(1));
    assertNull(table.rows().get(1).cells().get(0));
    assertTrue(table.rows().stream().allMatch(r -> r.cells().size() == 2));
  }

  private static RunEntity run(
      String initialisation, String backbone, String dataset, RunState state) {
    RunEntity run =
        TestRuns.of(initialisation, backbone, DatasetName.named(dataset).orElseThrow()).run();
    run.state = state;
    return run;
  }

  /** APTOS2019 counts by kappa, DDSM by the area under the ROC curve. */
  private static RunEntity succeeded(
      String initialisation, String backbone, String dataset, double value) {
    TargetMetric metric =
        dataset.equals("APTOS2019") ? TargetMetric.COHEN_KAPPA : TargetMetric.ROC_AUC;
    return TestRuns.of(initialisation, backbone, DatasetName.named(dataset).orElseThrow())
        .prepared(metric, "official", dataset, "held out")
        .evaluated(value)
        .run();
  }
}
