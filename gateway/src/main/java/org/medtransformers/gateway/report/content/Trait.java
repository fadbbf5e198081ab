package org.medtransformers.gateway.report.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    for (Trained run : runs) {
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
    return runs.stream().map(trait).distinct().count() > 1;
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
