package org.medtransformers.cli.plot;

import java.util.Locale;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.contracts.result.ModelRanks.Ranked;
import org.medtransformers.plots.ranks.CriticalDifferencePlot;
import org.medtransformers.plots.ranks.CriticalDifferencePlot.Diagram;

/** The ranks of models over several data sets as a critical difference diagram. */
final class RanksPlot {
  private RanksPlot() {}

  /** A picture whose title says how many data sets there are and what Friedman's test finds. */
  static byte[] png(ModelRanks ranks) {
    return CriticalDifferencePlot.png(
        new Diagram(
            "Mean ranks over %d data sets; Friedman: %s"
                .formatted(ranks.datasets().size(), friedman(ranks)),
            ranks.models().stream()
                .map(m -> m.model().backbone() + " (" + m.model().initialisation() + ")")
                .toList(),
            ranks.models().stream().map(Ranked::rank).toList(),
            ranks.criticalDifference(),
            ranks.indistinguishable()));
  }

  private static String friedman(ModelRanks ranks) {
    if (Double.isNaN(ranks.p())) {
      return "all models tie";
    }
    return String.format(Locale.ROOT, "p = %.4f", ranks.p())
        + (ranks.differ() ? "" : ", no difference is found");
  }
}
