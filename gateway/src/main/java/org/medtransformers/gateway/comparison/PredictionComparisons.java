package org.medtransformers.gateway.comparison;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.statistics.EvaluatedRun;
import org.medtransformers.statistics.PairedComparisons;

/**
 * Tests models against each other by what they said of every test image. What a run predicts never
 * changes once it has ended, so the tests of the same runs are made once. Only one comparison is in
 * the making at a time, data set by data set, because it holds the predictions of all its runs.
 */
@Singleton
final class PredictionComparisons {
  /** With more, Holm's correction would find hardly anything, and no table can be read. */
  private static final int MOST_TESTS = 1000;

  private static final long KEPT = 32;

  private final PredictionFiles files;
  private final Cache<List<Key>, Outcome> known = Caffeine.newBuilder().maximumSize(KEPT).build();

  PredictionComparisons(PredictionFiles files) {
    this.files = files;
  }

  /**
   * @param tests corrected for their number
   * @param notes what could not be compared and why
   */
  record Outcome(List<PairedComparison> tests, List<String> notes) {}

  private record Key(UUID run, String dataset, String initialisation) {}

  /** The tests among those of {@code runs} that have been evaluated. */
  synchronized Outcome of(List<Compared> runs) {
    List<Compared> evaluated = runs.stream().filter(Compared::evaluated).toList();
    List<Key> key =
        evaluated.stream().map(r -> new Key(r.run().id, r.dataset(), r.initialisation())).toList();
    Outcome before = known.getIfPresent(key);
    if (before != null) {
      return before;
    }
    Outcome outcome = test(evaluated);
    if (outcome.notes().isEmpty()) {
      // Else a file may be missing that is there the next time.
      known.put(key, outcome);
    }
    return outcome;
  }

  private Outcome test(List<Compared> runs) {
    Map<String, List<Compared>> byDataset =
        runs.stream()
            .collect(
                Collectors.groupingBy(Compared::dataset, LinkedHashMap::new, Collectors.toList()));
    int planned =
        byDataset.values().stream().mapToInt(own -> PairedComparisons.count(models(own))).sum();
    if (planned > MOST_TESTS) {
      String note =
          "the models are not tested against each other: that would be %d tests, at most %d";
      return new Outcome(List.of(), List.of(note.formatted(planned, MOST_TESTS)));
    }
    List<PairedComparison> tests = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (List<Compared> own : byDataset.values()) {
      List<EvaluatedRun> tested =
          pools(own).stream().flatMap(pool -> files.read(pool, notes).stream()).toList();
      PairedComparisons.Outcome outcome = PairedComparisons.of(tested);
      tests.addAll(outcome.tests());
      notes.addAll(outcome.notes());
    }
    return new Outcome(PairedComparisons.corrected(tests), List.copyOf(notes));
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
