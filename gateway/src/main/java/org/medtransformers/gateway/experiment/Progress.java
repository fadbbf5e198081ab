package org.medtransformers.gateway.experiment;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;

/**
 * How far an experiment is, by groups of runs that are alike.
 *
 * @param groups runs of one state, data set and backbone
 * @param training those that are being trained just now
 */
record Progress(List<Group> groups, List<Trained> training) {
  /** Nothing is known. */
  static final Progress NONE = new Progress(List.of(), List.of());

  /** What trainings are compared by. */
  record Kind(String dataset, String backbone) {}

  /**
   * @param seconds that their trainings have held a device, on average
   */
  record Group(Kind kind, RunState state, long runs, double seconds) {}

  /** A run that is being trained. */
  record Trained(Kind kind, RunProgress progress) {
    /** Of its iterations, 0 to 1. */
    double done() {
      boolean known =
          progress.iteration() != null
              && progress.iterations() != null
              && progress.iterations() > 0;
      return known ? Math.min(1, (double) progress.iteration() / progress.iterations()) : 0;
    }

    /** What all of it takes by its own word. */
    OptionalDouble whole() {
      return progress.secondsLeft() == null || done() >= 1
          ? OptionalDouble.empty()
          : OptionalDouble.of(progress.secondsLeft() / (1 - done()));
    }
  }

  Map<RunState, Long> counts() {
    Map<RunState, Long> counts = new EnumMap<>(RunState.class);
    groups.forEach(group -> counts.merge(group.state, group.runs, Long::sum));
    return counts;
  }

  /** 0 to 1; a run that is being measured counts as done. */
  double done() {
    long all = groups.stream().mapToLong(Group::runs).sum();
    double ended =
        groups.stream()
            .filter(group -> group.state.terminal() || group.state == RunState.EVALUATING)
            .mapToLong(Group::runs)
            .sum();
    return all == 0 ? 0 : (ended + training.stream().mapToDouble(Trained::done).sum()) / all;
  }

  /**
   * Seconds until its last training ends, as many being trained at once as are now. A training that
   * has not begun takes what those of its kind took, or else what the others take on average.
   *
   * @return null where none has ended or tells of itself
   */
  Double secondsLeft() {
    OptionalDouble usual = average(null);
    if (usual.isEmpty()) {
      return null;
    }
    double waiting =
        groups.stream()
            .filter(g -> g.state == RunState.QUEUED || g.state == RunState.PREPARING)
            .mapToDouble(g -> g.runs * average(g.kind).orElse(usual.getAsDouble()))
            .sum();
    double begun =
        training.stream()
            .mapToDouble(t -> (1 - t.done()) * taken(t).orElse(usual.getAsDouble()))
            .sum();
    return (waiting + begun) / Math.max(1, training.size());
  }

  private OptionalDouble taken(Trained run) {
    OptionalDouble own = run.whole();
    return own.isPresent() ? own : average(run.kind);
  }

  /** What a whole training of {@code kind} takes, or of any where it is null. */
  private OptionalDouble average(Kind kind) {
    double seconds = 0;
    long runs = 0;
    for (Group group : groups) {
      if (group.state == RunState.SUCCEEDED && (kind == null || kind.equals(group.kind))) {
        seconds += group.runs * group.seconds;
        runs += group.runs;
      }
    }
    if (runs > 0) {
      return OptionalDouble.of(seconds / runs);
    }
    return training.stream()
        .filter(t -> kind == null || kind.equals(t.kind))
        .flatMapToDouble(t -> t.whole().stream())
        .average();
  }
}
