package org.medtransformers.gateway.report.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.report.content.Study.Trained;

/**
 * Something of the methods that a sentence says of a run. What is the same of all runs is said
 * once; what differs is said of those that it is true of.
 */
final class Trait {
  private Trait() {}

  /**
   * The sentences of {@code runs}; empty ones are not said.
   *
   * @param trait the sentence of a run
   */
  static String said(List<Trained> runs, Function<Trained, String> trait) {
    Map<String, List<Trained>> bySentence = new LinkedHashMap<>();
    for (Trained run : telling(runs)) {
      bySentence.computeIfAbsent(trait.apply(run), s -> new ArrayList<>()).add(run);
    }
    if (bySentence.size() == 1) {
      return bySentence.keySet().iterator().next();
    }
    Function<Trained, String> name = name(bySentence);
    return bySentence.entrySet().stream()
        .filter(e -> !e.getKey().isEmpty())
        .map(e -> "For %s: %s".formatted(names(e.getValue(), name), e.getKey()))
        .collect(Collectors.joining(" "));
  }

  /** Whether it is not the same of all {@code runs}. */
  static boolean differs(List<Trained> runs, Function<Trained, String> trait) {
    return telling(runs).stream().map(trait).distinct().count() > 1;
  }

  /** Runs that are alike but for their seed. */
  private record Kind(String dataset, String arm, int phase) {}

  /**
   * Of runs that are alike those that got furthest: one that has failed, or has not begun, knows
   * less of its images and its network and would seem to differ.
   */
  private static List<Trained> telling(List<Trained> runs) {
    Map<Kind, Integer> furthest =
        runs.stream().collect(Collectors.toMap(Trait::kind, Trait::got, Math::max));
    return runs.stream().filter(run -> got(run) == furthest.get(kind(run))).toList();
  }

  private static Kind kind(Trained run) {
    return new Kind(run.dataset(), run.arm(), run.run().phase);
  }

  private static int got(Trained run) {
    return run.run().state == RunState.SUCCEEDED ? 2 : run.run().prepared != null ? 1 : 0;
  }

  private static String names(List<Trained> runs, Function<Trained, String> name) {
    return Words.list(runs.stream().map(name).distinct().toList());
  }

  /** The shortest name of runs that tells those with different sentences apart. */
  private static Function<Trained, String> name(Map<String, List<Trained>> bySentence) {
    List<Function<Trained, String>> names =
        List.of(
            Trained::dataset,
            run -> run.run().backbone,
            run -> run.run().initialisation,
            Trained::arm,
            run -> run.arm() + " on " + run.dataset());
    return names.stream()
        .filter(name -> tellsApart(bySentence, name))
        .findFirst()
        .orElse(run -> "%s on %s, seed %d".formatted(run.arm(), run.dataset(), run.run().seed));
  }

  private static boolean tellsApart(
      Map<String, List<Trained>> bySentence, Function<Trained, String> name) {
    List<Set<String>> names =
        bySentence.values().stream()
            .map(runs -> runs.stream().map(name).collect(Collectors.toSet()))
            .toList();
    long all = names.stream().flatMap(Set::stream).distinct().count();
    return names.stream().mapToInt(Set::size).sum() == all;
  }
}
