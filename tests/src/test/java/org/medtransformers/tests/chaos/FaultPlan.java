package org.medtransformers.tests.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.medtransformers.contracts.CounterRandom;

/**
 * The faults of a seed, in the order in which they begin. They overlap: one begins while another
 * lasts.
 */
record FaultPlan(long seed, List<Fault> faults) {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(6);
  private static final Duration SHORTEST_FAULT = Duration.ofSeconds(1);

  /** Numbers that a fault takes from its stream. */
  private static final int DRAWS = 4;

  /**
   * @param kinds each as likely as any other
   * @param longest that a fault lasts
   */
  static FaultPlan draw(long seed, int count, Collection<FaultKind> kinds, Duration longest) {
    CounterRandom random = CounterRandom.of(seed, "faults");
    List<FaultKind> choice = kinds.stream().sorted().distinct().toList();
    List<Fault> faults = new ArrayList<>();
    Duration begins = Duration.ZERO;
    for (long i = 0; i < count; i++) {
      begins = begins.plus(between(SHORTEST_PAUSE, LONGEST_PAUSE, random.uniform(DRAWS * i)));
      FaultKind kind = pick(choice, random.uniform(DRAWS * i + 1));
      String target = pick(kind.targets(), random.uniform(DRAWS * i + 2));
      // Its square: most are short.
      double length = Math.pow(random.uniform(DRAWS * i + 3), 2);
      Duration lasts = kind.lasting() ? between(SHORTEST_FAULT, longest, length) : Duration.ZERO;
      faults.add(new Fault(begins, kind, target, lasts));
    }
    return new FaultPlan(seed, List.copyOf(faults));
  }

  private static <T> T pick(List<T> choice, double uniform) {
    return choice.get((int) (uniform * choice.size()));
  }

  private static Duration between(Duration least, Duration most, double share) {
    return least.plusMillis(Math.round(share * most.minus(least).toMillis()));
  }

  /** How many there are of each kind. */
  String summary() {
    return faults.stream()
        .map(Fault::kind)
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
        .toString();
  }
}
