package org.medtransformers.gateway.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.gateway.entity.RunEntity;

/** Puts the runs of several experiments into one table. */
final class MergedRuns {
  private MergedRuns() {}

  /** A cell of the table. */
  private record Place(String dataset, String backbone, String initialisation) {
    static Place of(RunEntity run) {
      return new Place(run.dataset, run.backbone, run.initialisation);
    }
  }

  /**
   * The runs that are compared. Where two experiments have runs for the same cell, which may have
   * been trained differently, the rows say of which experiment they are.
   *
   * @param runs of each of {@code experiments}
   */
  static List<Compared> of(List<Summary> experiments, List<List<RunEntity>> runs) {
    List<Set<Place>> places =
        runs.stream().map(own -> own.stream().map(Place::of).collect(Collectors.toSet())).toList();
    List<Compared> merged = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      String of = " (" + experiments.get(i).name() + " " + experiments.get(i).id() + ")";
      for (RunEntity run : runs.get(i)) {
        long having = places.stream().filter(p -> p.contains(Place.of(run))).count();
        Compared compared =
            having == 1 ? Compared.of(run) : new Compared(run, run.initialisation + of);
        if (compared.counts()) {
          merged.add(compared);
        }
      }
    }
    return List.copyOf(merged);
  }
}
