package org.medtransformers.gateway.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.PairedComparison.Model;

/** Says where a cross-validation is not whole, so that no part of it passes for all. */
final class MissingFolds {
  private MissingFolds() {}

  private record Place(String dataset, Model model) {}

  /** A note for each division in which an image has not been tested. */
  static List<String> notes(List<Compared> runs) {
    Map<Place, List<Compared>> cells =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    run -> new Place(run.dataset(), run.model()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return cells.values().stream()
        .map(Pool::of)
        .flatMap(
            pools ->
                pools.stream()
                    .filter(pool -> pool.crossValidates() && !pool.whole())
                    .map(pool -> note(pool, pools.stream().anyMatch(Pool::whole))))
        .toList();
  }

  private static String note(Pool pool, boolean others) {
    Compared any = pool.runs().get(0);
    return "%s: %s #%d: of the %d folds by split seed %d these have no result: %s; %s"
        .formatted(
            any.dataset(),
            any.model(),
            any.run().repetition + 1,
            pool.folds(),
            pool.training().division(),
            pool.missing(),
            others
                ? "the numbers are of the divisions that are whole"
                : "the numbers are of the others alone");
  }
}
