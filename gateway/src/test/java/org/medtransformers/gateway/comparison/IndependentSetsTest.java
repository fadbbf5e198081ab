package org.medtransformers.gateway.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.statistics.MeasuredModels;
import org.medtransformers.statistics.RankedModels;

class IndependentSetsTest {
  private final List<Compared> runs = new ArrayList<>();
  private final List<MeasuredModels> measured = new ArrayList<>();

  /** A column with three models. */
  private void column(String name, String data, double fraction) {
    TestRuns run =
        TestRuns.of("random", "resnet18", DatasetName.APTOS2019)
            .with("medtrans.split.train_fraction", fraction)
            .with("medtrans.comparison.rope", fraction / 10)
            .prepared(TargetMetric.COHEN_KAPPA, "grouped", data, "held out of " + name);
    runs.add(new Compared(run.run(), name, "set", "random"));
    Map<Model, Double> means = new LinkedHashMap<>();
    for (String backbone : List.of("resnet18", "deit_tiny", "deit_small")) {
      means.put(new Model("random", backbone), fraction / (means.size() + 1));
    }
    measured.add(new MeasuredModels(name, "cohen_kappa", means, true));
  }

  @Test
  void fractionsAndDivisionsOfTheSameImagesAreNoOtherDataSets() {
    column("eyes, 10 %", "eyes", 0.1);
    column("eyes", "eyes", 1);
    column("skin", "skin", 1);
    column("skin (5 folds)", "skin", 1);
    RankedModels.Outcome found = IndependentSets.ranked(runs, measured);
    assertEquals(List.of("eyes", "skin"), found.ranks().orElseThrow().datasets());
    assertEquals(
        List.of(
            "Ranks: eyes, 10 % is left out, it has the images of eyes",
            "Ranks: skin (5 folds) is left out, it has the images of skin"),
        found.notes());
  }

  @Test
  void oneDataSetHasNoRanksAndNothingToSayOfThem() {
    column("eyes", "eyes", 1);
    column("eyes, 10 %", "eyes", 0.1);
    assertEquals(
        new RankedModels.Outcome(Optional.empty(), List.of()),
        IndependentSets.ranked(runs, measured));
  }

  /** Of data sets of before there was a hash, the name stands for the images. */
  @Test
  void withoutAHashTheNameTells() {
    column("eyes", null, 1);
    column("eyes, 10 %", null, 0.1);
    column("skin", "skin", 1);
    assertEquals(
        List.of("eyes", "skin"),
        IndependentSets.ranked(runs, measured).ranks().orElseThrow().datasets());
  }

  @Test
  void ofDifferentRegionsOfEquivalenceTheSmallestCountsAndANoteSaysSo() {
    column("eyes", "eyes", 1);
    assertEquals(Optional.empty(), Ropes.note(runs));
    column("eyes", "eyes", 0.2);
    assertEquals(
        0.02, Ropes.terms(runs).rope().applyAsDouble(new Model("random", "resnet18")), 1e-12);
    assertEquals(List.of("a", "b"), Ropes.terms(runs).classes());
    assertEquals(
        Optional.of(
            "eyes: what does not matter is ±0.02 and ±0.1 by the files of its runs; of two models"
                + " the smallest counts"),
        Ropes.note(runs));
  }
}
