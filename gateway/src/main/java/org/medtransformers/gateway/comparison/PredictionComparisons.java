package org.medtransformers.gateway.comparison;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.result.DatasetVerdict;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.statistics.EvaluatedRun;
import org.medtransformers.statistics.MeasuredModels;
import org.medtransformers.statistics.PairedComparisons;
import org.medtransformers.statistics.RankedModels;

/**
 * Tests models against each other by what they said of every test image. What a run predicts never
 * changes once it has ended, so the tests of the same runs are made once, by {@link Calculations},
 * and data set by data set, because the predictions of all its runs are held together.
 */
@Singleton
final class PredictionComparisons {
  /** With more, Holm's correction would find hardly anything, and no table can be read. */
  private static final int MOST_TESTS = 1000;

  private static final long KEPT = 32;

  private final PredictionFiles files;
  private final Calculations.Known<List<Key>, Found> known;

  PredictionComparisons(PredictionFiles files, Calculations calculations) {
    this.files = files;
    this.known = calculations.keeping(KEPT);
  }

  /**
   * @param tests corrected for their number
   * @param verdicts of the data sets that have tests
   * @param ranks over several data sets; null where there are none
   * @param notes what could not be compared and why
   */
  record Outcome(
      List<PairedComparison> tests,
      List<DatasetVerdict> verdicts,
      ModelRanks ranks,
      List<String> notes) {}

  /**
   * @param lasts whether it stays so; else a file may be missing that is there the next time
   */
  private record Found(Outcome outcome, boolean lasts) {}

  private record Key(UUID run, String dataset, String initialisation) {}

  /** The tests among those of {@code runs} that have been evaluated. */
  Outcome of(List<Compared> runs) {
    List<Compared> evaluated = runs.stream().filter(Compared::evaluated).toList();
    List<Key> key =
        evaluated.stream().map(r -> new Key(r.run().id, r.dataset(), r.initialisation())).toList();
    Found found = known.of(key, () -> find(evaluated));
    if (!found.lasts()) {
      known.forget(key);
    }
    return found.outcome();
  }

  private Found find(List<Compared> evaluated) {
    List<String> unread = new ArrayList<>();
    Outcome outcome = test(evaluated, unread);
    return new Found(outcome, unread.isEmpty());
  }

  private Outcome test(List<Compared> runs, List<String> unread) {
    Map<String, List<Compared>> byDataset =
        runs.stream()
            .collect(
                Collectors.groupingBy(Compared::dataset, LinkedHashMap::new, Collectors.toList()));
    int planned =
        byDataset.values().stream().mapToInt(own -> PairedComparisons.count(models(own))).sum();
    if (planned > MOST_TESTS) {
      String note =
          "the models are not tested against each other: that would be %d tests, at most %d";
      return new Outcome(List.of(), List.of(), null, List.of(note.formatted(planned, MOST_TESTS)));
    }
    List<PairedComparisons.Outcome> found = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (List<Compared> own : byDataset.values()) {
      List<EvaluatedRun> tested = read(own, unread);
      if (!tested.isEmpty()) {
        found.add(PairedComparisons.of(tested, Ropes.terms(own)));
        Ropes.note(own).ifPresent(notes::add);
      }
    }
    found.forEach(outcome -> notes.addAll(outcome.notes()));
    return outcome(runs, found, Stream.concat(unread.stream(), notes.stream()).toList());
  }

  private static Outcome outcome(
      List<Compared> runs, List<PairedComparisons.Outcome> found, List<String> notes) {
    List<PairedComparison> tests =
        PairedComparisons.corrected(found.stream().flatMap(o -> o.tests().stream()).toList());
    List<MeasuredModels> measured =
        found.stream().map(PairedComparisons.Outcome::measured).toList();
    RankedModels.Outcome ranks = IndependentSets.ranked(runs, measured);
    return new Outcome(
        tests,
        measured.stream().flatMap(set -> set.verdict(tests).stream()).toList(),
        ranks.ranks().orElse(null),
        Stream.concat(notes.stream(), ranks.notes().stream()).toList());
  }

  /** Those of one data set; none, and a note, where they are too large together. */
  private List<EvaluatedRun> read(List<Compared> runs, List<String> notes) {
    List<Pool> pools = pools(runs);
    if (!files.fit(pools)) {
      notes.add(
          "%s: the models are not tested against each other: %s"
              .formatted(runs.get(0).dataset(), files.tooLarge(pools)));
      return List.of();
    }
    return pools.stream().flatMap(pool -> files.read(pool, notes).stream()).toList();
  }

  /** Model by model those that numbers may be of. */
  private static List<Pool> pools(List<Compared> runs) {
    return runs.stream()
        .collect(Collectors.groupingBy(Compared::model, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .flatMap(cell -> Pool.usable(Pool.of(cell)).stream())
        .toList();
  }

  private static List<Model> models(List<Compared> runs) {
    return runs.stream().map(Compared::model).distinct().toList();
  }
}
