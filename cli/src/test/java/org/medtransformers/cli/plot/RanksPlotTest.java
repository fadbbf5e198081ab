package org.medtransformers.cli.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.contracts.result.ModelRanks.Ranked;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.plots.ranks.CriticalDifferencePlot;
import org.medtransformers.plots.ranks.CriticalDifferencePlot.Diagram;

class RanksPlotTest {
  /** Three models on two data sets. */
  private static ModelRanks ranks(double p) {
    return new ModelRanks(
        List.of("eyes", "skin"),
        List.of(
            new Ranked(new Model("random", "resnet18"), 1, List.of(0.9, 0.8)),
            new Ranked(new Model("random", "deit_tiny"), 2, List.of(0.8, 0.7)),
            new Ranked(new Model("ImageNet", "resnet18"), 3, List.of(0.7, 0.6))),
        4,
        2,
        p,
        0.05,
        1.5,
        List.of(List.of(1.0, 0.5, 0.04), List.of(0.5, 1.0, 0.5), List.of(0.04, 0.5, 1.0)),
        List.of(List.of(0, 1), List.of(1, 2)));
  }

  private static byte[] diagram(String title) {
    return CriticalDifferencePlot.png(
        new Diagram(
            title,
            List.of("resnet18 (random)", "deit_tiny (random)", "resnet18 (ImageNet)"),
            List.of(1.0, 2.0, 3.0),
            1.5,
            List.of(List.of(0, 1), List.of(1, 2))));
  }

  @Test
  void theTitleSaysWhatFriedmansTestFinds() {
    String over = "Mean ranks over 2 data sets; Friedman: ";
    assertArrayEquals(diagram(over + "p = 0.0300"), RanksPlot.png(ranks(0.03)));
    assertArrayEquals(
        diagram(over + "p = 0.1353, no difference is found"), RanksPlot.png(ranks(0.1353)));
    assertArrayEquals(diagram(over + "all models tie"), RanksPlot.png(ranks(Double.NaN)));
  }

  @Test
  void ranksAreAPictureOfTheirOwn() {
    assertFalse(new ExperimentPlots(List.of(), List.of(), ranks(0.03)).isEmpty());
    assertTrue(new ExperimentPlots(List.of(), List.of(), null).isEmpty());
  }
}
