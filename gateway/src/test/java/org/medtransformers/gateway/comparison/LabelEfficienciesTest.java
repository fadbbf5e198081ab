package org.medtransformers.gateway.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.LabelEfficiency.Curve;
import org.medtransformers.contracts.result.LabelEfficiency.Point;
import org.medtransformers.gateway.entity.RunEntity;

class LabelEfficienciesTest {
  private static TestRuns run(String backbone, Double fraction, int repetition) {
    TestRuns run = TestRuns.of("random", backbone, DatasetName.APTOS2019).repetition(repetition);
    return fraction == null ? run : run.with("medtrans.split.train_fraction", fraction);
  }

  private static RunEntity evaluated(
      String backbone, Double fraction, int repetition, double value) {
    return run(backbone, fraction, repetition)
        .prepared(TargetMetric.COHEN_KAPPA, "grouped", "data", "held out")
        .evaluated(value)
        .run();
  }

  private static List<RunEntity> runs() {
    return List.of(
        evaluated("resnet18", 1.0, 0, 0.9),
        evaluated("resnet18", 0.1, 0, 0.5),
        evaluated("resnet18", 0.1, 1, 0.7),
        evaluated("deit_tiny", null, 0, 0.8),
        run("deit_tiny", 0.1, 0).failed().run());
  }

  @Test
  void eachFractionIsAColumnAndNoCellMixesThem() {
    ComparisonTable table = Comparison.of(runs());
    assertEquals(
        List.of("APTOS2019", "APTOS2019, 10 % of the training images"),
        table.columns().stream().map(Column::dataset).toList());
    assertEquals(List.of(0.9), table.rows().get(0).cells().get(0).values());
    assertEquals(List.of(0.5, 0.7), table.rows().get(0).cells().get(1).values());
    assertEquals(2, table.rows().size());
  }

  @Test
  void curvesRunFromTheSmallestFractionToAll() {
    List<RunEntity> runs = runs();
    List<LabelEfficiency> found = LabelEfficiencies.of(runs, Comparison.of(runs));
    assertEquals(1, found.size());
    LabelEfficiency efficiency = found.get(0);
    assertEquals("APTOS2019", efficiency.dataset());
    assertEquals("cohen_kappa", efficiency.metric());
    assertEquals(
        List.of("resnet18", "deit_tiny"),
        efficiency.curves().stream().map(Curve::backbone).toList());
    List<Point> resnet = efficiency.curves().get(0).points();
    assertEquals(List.of(0.1, 1.0), resnet.stream().map(Point::fraction).toList());
    assertEquals(0.6, resnet.get(0).cell().median(), 1e-12);
    assertEquals(2, resnet.get(0).cell().n());
    assertEquals(60, resnet.get(0).images());
    List<Point> deit = efficiency.curves().get(1).points();
    assertNull(deit.get(0).cell(), "what failed is missing");
    assertEquals(0.8, deit.get(1).cell().median());
  }

  @Test
  void oneFractionMakesNoCurve() {
    List<RunEntity> runs = List.of(evaluated("resnet18", 0.1, 0, 0.5));
    assertEquals(List.of(), LabelEfficiencies.of(runs, Comparison.of(runs)));
    assertEquals(
        "APTOS2019, 10 % of the training images", Comparison.of(runs).columns().get(0).dataset());
  }

  @Test
  void otherDataAreAnotherFigure() {
    List<RunEntity> runs = new ArrayList<>(runs());
    runs.add(
        run("resnet18", 0.1, 0)
            .with("dataset_params.name", "other")
            .prepared(TargetMetric.COHEN_KAPPA, "grouped", "other data", "held out")
            .evaluated(0.1)
            .run());
    List<LabelEfficiency> found = LabelEfficiencies.of(runs, Comparison.of(runs));
    assertEquals(List.of("APTOS2019"), found.stream().map(LabelEfficiency::dataset).toList());
    assertEquals(0.6, found.get(0).curves().get(0).points().get(0).cell().median(), 1e-12);
  }
}
