package org.medtransformers.gateway.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.statistics.EvaluatedRun.Training;

/**
 * The trainings that test every image once: a single one, or one per fold of a division, all by the
 * same seed.
 *
 * @param folds of the division; 1 where there is none
 * @param runs that were planned, by their folds
 */
record Pool(Training training, int folds, List<Compared> runs) {

  /** Those of one cell of the table. */
  static List<Pool> of(List<Compared> cell) {
    Map<Training, List<Compared>> rounds = new LinkedHashMap<>();
    List<Pool> pools = new ArrayList<>();
    for (Compared run : cell) {
      if (run.round().isPresent()) {
        rounds.computeIfAbsent(run.training(), t -> new ArrayList<>()).add(run);
      } else {
        pools.add(new Pool(run.training(), 1, List.of(run)));
      }
    }
    rounds.forEach((training, runs) -> pools.add(of(training, runs)));
    return List.copyOf(pools);
  }

  private static Pool of(Training training, List<Compared> runs) {
    return new Pool(
        training,
        runs.get(0).round().map(RunConfig.Split::folds).orElseThrow(),
        runs.stream().sorted(Comparator.comparing(Pool::fold)).toList());
  }

  /**
   * Those of {@code pools} that numbers may be of: the whole ones; where there are none, what there
   * is of them.
   */
  static List<Pool> usable(List<Pool> pools) {
    List<Pool> whole = pools.stream().filter(Pool::whole).toList();
    return whole.isEmpty()
        ? pools.stream().filter(pool -> !pool.evaluated().isEmpty()).toList()
        : whole;
  }

  private static int fold(Compared run) {
    return run.round().map(RunConfig.Split::fold).orElse(0);
  }

  boolean crossValidates() {
    return training.division() != null;
  }

  /** Whether every image has been tested. */
  boolean whole() {
    return evaluated().size() == folds;
  }

  List<Compared> evaluated() {
    return runs.stream().filter(Compared::evaluated).toList();
  }

  /** {@code folds 1, 3} that have not been evaluated, whether they were planned or not. */
  String missing() {
    List<Integer> there = evaluated().stream().map(Pool::fold).toList();
    return IntStream.range(0, folds)
        .filter(fold -> !there.contains(fold))
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }
}
