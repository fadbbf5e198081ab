package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.contracts.result.ModelRanks.Ranked;
import org.medtransformers.contracts.result.PairedComparison.Model;

/**
 * Ranks models over the data sets of a table, by {@link Ranks}: those that have a number on each of
 * them, all of its models having been tested on the same images. Each data set is ranked by its own
 * metric.
 */
public final class RankedModels {
  private static final double ALPHA = 0.05;

  /** Two models would make Friedman's test a sign test. */
  private static final int FEWEST_MODELS = 3;

  private final List<MeasuredModels> sets;
  private final List<Model> models;

  private RankedModels(List<MeasuredModels> sets) {
    this.sets = sets;
    this.models = all(sets).stream().filter(m -> sets.stream().allMatch(s -> known(s, m))).toList();
  }

  /**
   * @param ranks empty where there are fewer than two data sets or three models
   * @param notes who is not ranked and why; none where there is only one data set
   */
  public record Outcome(Optional<ModelRanks> ranks, List<String> notes) {}

  /**
   * Ranks the models of {@code sets}.
   *
   * @param sets which have nothing to do with each other: no two of the same images
   */
  public static Outcome of(List<MeasuredModels> sets) {
    if (sets.size() < 2) {
      return new Outcome(Optional.empty(), List.of());
    }
    List<String> notes = new ArrayList<>();
    for (MeasuredModels set : sets) {
      if (!set.sameImages()) {
        notes.add(
            "Ranks: %s is left out, its models were tested on different images"
                .formatted(set.dataset()));
      }
    }
    RankedModels ranked =
        new RankedModels(sets.stream().filter(MeasuredModels::sameImages).toList());
    boolean enough = ranked.sets.size() > 1 && ranked.models.size() >= FEWEST_MODELS;
    ranked.missing(enough).ifPresent(notes::add);
    return new Outcome(enough ? Optional.of(ranked.ranks()) : Optional.empty(), notes);
  }

  private static List<Model> all(List<MeasuredModels> sets) {
    return sets.stream().flatMap(set -> set.means().keySet().stream()).distinct().toList();
  }

  private static boolean known(MeasuredModels set, Model model) {
    Double mean = set.means().get(model);
    return mean != null && Double.isFinite(mean);
  }

  private Optional<String> missing(boolean enough) {
    if (!enough) {
      return Optional.of(
          "Ranks: there are none: of %d data sets %d models have a number on each; it takes 2 and %d"
              .formatted(sets.size(), sets.isEmpty() ? 0 : models.size(), FEWEST_MODELS));
    }
    String others =
        all(sets).stream()
            .filter(m -> !models.contains(m))
            .map(Verdict::name)
            .collect(Collectors.joining(", "));
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of("Ranks: without a number on each data set and left out: " + others);
  }

  private ModelRanks ranks() {
    double[][] table =
        sets.stream()
            .map(set -> models.stream().mapToDouble(set.means()::get).toArray())
            .toArray(double[][]::new);
    Ranks found = Ranks.of(table, true, ALPHA);
    List<Integer> order = found.bestFirst();
    return new ModelRanks(
        sets.stream().map(MeasuredModels::dataset).toList(),
        order.stream().map(m -> ranked(m, found)).toList(),
        found.friedman().chiSquare(),
        found.friedman().degreesOfFreedom(),
        found.friedman().p(),
        ALPHA,
        found.nemenyi().criticalDifference(),
        order.stream()
            .map(m -> order.stream().map(found.nemenyi().p().get(m)::get).toList())
            .toList(),
        found.indistinguishable().stream()
            .map(set -> set.stream().map(order::indexOf).toList())
            .toList());
  }

  private Ranked ranked(int model, Ranks found) {
    return new Ranked(
        models.get(model),
        found.meanRanks().get(model),
        IntStream.range(0, sets.size())
            .mapToObj(s -> sets.get(s).means().get(models.get(model)))
            .toList());
  }
}
