package org.medtransformers.plots.result;

import java.util.List;
import java.util.Locale;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.contracts.result.ModelRanks.Ranked;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.figure.Intervals;
import org.medtransformers.plots.figure.Mark;
import org.medtransformers.plots.figure.Numbers;
import org.medtransformers.plots.figure.Point;

/**
 * Mean ranks over data sets, each with half of the critical difference to either side: two models
 * whose bars do not meet differ. That says what Demšar's diagram says, in rows that hold any name.
 *
 * <p>Demšar, Statistical comparisons of classifiers over multiple data sets, 2006, section 3.2.2.
 */
public final class RanksPlot {
  private RanksPlot() {}

  /** The models in their order, the best first. */
  public static Figure of(ModelRanks ranks) {
    Rows rows = new Rows();
    rows.holds(1);
    ranks.models().stream().limit(Rows.MOST).forEach(model -> add(rows, ranks, model));
    return new Figure(
        "ranks",
        "Mean ranks over %d data sets".formatted(ranks.datasets().size()),
        caption(ranks),
        n(ranks),
        List.of(
            rows.panel(
                "Mean ranks over %s; Friedman: %s"
                    .formatted(Names.count(ranks.datasets().size(), "data set"), friedman(ranks)),
                "n = " + n(ranks),
                "mean rank, 1 is the best",
                List.of())),
        () -> numbers(ranks));
  }

  private static String n(ModelRanks ranks) {
    return Names.count(ranks.models().size(), "model")
        + " on "
        + Names.count(ranks.datasets().size(), "data set");
  }

  private static String caption(ModelRanks ranks) {
    return "Rank of each model by its mean over the trainings, mean over the data sets. Bars: half of Nemenyi's critical difference (%.2f at %.2f) to either side; models whose bars do not meet differ%s."
        .formatted(
            ranks.criticalDifference(),
            ranks.alpha(),
            ranks.differ() ? "" : ", but Friedman's test finds no difference at all");
  }

  private static String friedman(ModelRanks ranks) {
    if (Double.isNaN(ranks.p())) {
      return "all models tie";
    }
    String p =
        ranks.p() < 0.0001 ? "p < 0.0001" : String.format(Locale.ROOT, "p = %.4f", ranks.p());
    return ranks.differ() ? p : p + ", no difference is found";
  }

  private static void add(Rows rows, ModelRanks ranks, Ranked model) {
    double half = ranks.criticalDifference() / 2;
    rows.holds(model.rank() - half);
    rows.holds(model.rank() + half);
    Point place = new Point(model.rank(), rows.y(), model.rank() - half, model.rank() + half);
    rows.add(
        Names.of(model.model()),
        String.format(Locale.ROOT, "mean rank %.2f", model.rank()),
        List.of(new Intervals(null, Mark.of(0), List.of(place), false)));
  }

  private static Numbers numbers(ModelRanks ranks) {
    Numbers numbers =
        new Numbers(
            "model",
            "initialisation",
            "mean_rank",
            "critical_difference",
            "alpha",
            "friedman_p",
            "datasets");
    for (Ranked model : ranks.models()) {
      numbers.line(
          model.model().backbone(),
          model.model().initialisation(),
          model.rank(),
          ranks.criticalDifference(),
          ranks.alpha(),
          ranks.p(),
          ranks.datasets().size());
    }
    return numbers;
  }
}
