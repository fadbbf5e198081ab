package org.medtransformers.gateway.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.medtransformers.statistics.MeasuredModels;
import org.medtransformers.statistics.RankedModels;

/**
 * Which columns of the table are data sets of their own. Those of other fractions or divisions of
 * the same images say the same thing twice: of them the one with the largest fraction counts, and
 * the first of equal ones.
 */
final class IndependentSets {
  private final Map<String, Compared> anyOfColumn = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  private IndependentSets(List<Compared> runs) {
    runs.forEach(run -> anyOfColumn.putIfAbsent(run.dataset(), run));
  }

  /** The ranks of models over the independent ones among the columns {@code measured}. */
  static RankedModels.Outcome ranked(List<Compared> runs, List<MeasuredModels> measured) {
    IndependentSets sets = new IndependentSets(runs);
    Map<String, List<MeasuredModels>> byImages =
        measured.stream()
            .collect(Collectors.groupingBy(sets::images, LinkedHashMap::new, Collectors.toList()));
    RankedModels.Outcome outcome =
        RankedModels.of(byImages.values().stream().map(sets::counting).toList());
    if (outcome.ranks().isEmpty()) {
      return outcome;
    }
    sets.notes.addAll(outcome.notes());
    return new RankedModels.Outcome(outcome.ranks(), List.copyOf(sets.notes));
  }

  /** The hash of the images however they are divided; of sets of before there was one, the name. */
  private String images(MeasuredModels column) {
    Compared any = anyOfColumn.get(column.dataset());
    String hash = any.run().prepared.split() == null ? null : any.run().prepared.split().data();
    return Objects.requireNonNullElse(hash, any.set());
  }

  private MeasuredModels counting(List<MeasuredModels> sharing) {
    MeasuredModels counting =
        sharing.stream().reduce((a, b) -> fraction(b) > fraction(a) ? b : a).orElseThrow();
    sharing.stream()
        .filter(column -> !column.dataset().equals(counting.dataset()))
        .map(
            c ->
                "Ranks: %s is left out, it has the images of %s"
                    .formatted(c.dataset(), counting.dataset()))
        .forEach(notes::add);
    return counting;
  }

  private double fraction(MeasuredModels column) {
    return anyOfColumn.get(column.dataset()).run().file().config().trainFraction();
  }
}
