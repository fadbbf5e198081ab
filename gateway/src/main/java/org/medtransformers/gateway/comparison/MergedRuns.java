package org.medtransformers.gateway.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.gateway.entity.RunEntity;

/** Puts the runs of one or several experiments into one table. */
final class MergedRuns {
  private MergedRuns() {}

  /** A cell of the table. */
  private record Place(String dataset, String backbone, String initialisation) {
    static Place of(RunEntity run, Columns columns) {
      return new Place(columns.of(run), run.backbone, run.initialisation);
    }
  }

  /** The runs of one experiment that are compared. */
  static List<Compared> of(List<RunEntity> runs) {
    Columns columns = columns(runs);
    return runs.stream()
        .filter(MergedRuns::counts)
        .map(run -> new Compared(run, columns.of(run), columns.set(run), run.initialisation))
        .toList();
  }

  /** The columns of one experiment. */
  static Columns columns(List<RunEntity> runs) {
    return new Columns(runs.stream().filter(MergedRuns::counts).toList(), Map.of());
  }

  /**
   * The runs that are compared. Where two experiments have runs for the same cell, which may have
   * been trained differently, the rows say of which experiment they are.
   *
   * @param runs of each of {@code experiments}
   */
  static List<Compared> of(List<Summary> experiments, List<List<RunEntity>> runs) {
    return merged(experiments, runs, MergedRuns::counts);
  }

  /** The same of the runs that others begin with, which are in no table. */
  static List<Compared> begunWith(List<Summary> experiments, List<List<RunEntity>> runs) {
    return merged(experiments, runs, run -> !run.lastPhase);
  }

  private static List<Compared> merged(
      List<Summary> experiments, List<List<RunEntity>> runs, Predicate<RunEntity> kind) {
    Columns columns =
        new Columns(
            runs.stream().flatMap(List::stream).filter(MergedRuns::counts).toList(),
            names(experiments));
    List<List<RunEntity>> wanted =
        runs.stream().map(own -> own.stream().filter(kind).toList()).toList();
    List<Set<Place>> places =
        wanted.stream()
            .map(own -> own.stream().map(r -> Place.of(r, columns)).collect(Collectors.toSet()))
            .toList();
    List<Compared> merged = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      String of = " (" + experiments.get(i).name() + " " + experiments.get(i).id() + ")";
      for (RunEntity run : wanted.get(i)) {
        Place place = Place.of(run, columns);
        boolean alone = places.stream().filter(p -> p.contains(place)).count() == 1;
        String initialisation = run.initialisation + (alone ? "" : of);
        merged.add(new Compared(run, place.dataset(), columns.set(run), initialisation));
      }
    }
    return List.copyOf(merged);
  }

  /** Runs that try a learning rate, and those that another one begins with, are not compared. */
  private static boolean counts(RunEntity run) {
    return run.learningRate == null && run.lastPhase;
  }

  private static Map<UUID, String> names(List<Summary> experiments) {
    return IntStream.range(0, experiments.size())
        .boxed()
        .collect(
            Collectors.toMap(
                i -> UUID.fromString(experiments.get(i).id()), i -> experiments.get(i).name()));
  }
}
