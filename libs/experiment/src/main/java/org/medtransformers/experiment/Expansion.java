package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.experiment.ExperimentFile.Entry;
import org.medtransformers.experiment.ExperimentFile.Header;

/**
 * The product of the matrix's axes, each point in all rounds of its cross-validation, repeated with
 * its own seed and trained in its phases; where a learning rate is searched, each point is tried
 * with every rate.
 */
final class Expansion {
  /** All runs of an experiment are in the gateway's memory at once while it is accepted. */
  private static final int MAX_RUNS = 1000;

  private final ObjectNode base;
  private final Header header;
  private final Volume volume;
  private final Findings findings;

  Expansion(ObjectNode base, Header header, Volume volume, Findings findings) {
    this.base = base;
    this.header = header;
    this.volume = volume;
    this.findings = findings;
  }

  /**
   * A point of the matrix.
   *
   * @param round of a cross-validation, where the point stands for several; else empty
   * @param stages its trainings, none where a file is wrong
   */
  record Point(List<String> labels, String round, List<Phases.Stage> stages) {}

  /** The runs, repetitions innermost; empty if there are findings. */
  List<PlannedRun> runs() {
    long count = header.repetitions();
    for (List<Entry> axis : header.matrix()) {
      count *= axis.size();
      if (axis.stream().map(Entry::label).distinct().count() < axis.size()) {
        findings.invalid("experiment.matrix", "the labels of one axis must differ");
        return List.of();
      }
      if (count > MAX_RUNS) {
        findings.invalid("experiment.matrix", "more than " + MAX_RUNS + " runs");
        return List.of();
      }
    }
    Phases phases =
        header.phases() == null ? Phases.NONE : new Phases(header.phases(), "experiment.phases");
    List<Point> points = new ArrayList<>();
    collect(0, base, List.of(), phases, points);
    if (findings.hasErrors() || tooMany(points)) {
      return List.of();
    }
    return new RunList(header.seed(), header.repetitions(), points).runs();
  }

  private boolean tooMany(List<Point> points) {
    long trainings = header.repetitions() * points.stream().mapToLong(p -> p.stages().size()).sum();
    long runs =
        header.repetitions()
            * points.stream().flatMap(p -> p.stages().stream()).mapToLong(Volume::tried).sum();
    if (runs > MAX_RUNS) {
      findings.invalid(
          trainings > MAX_RUNS ? "experiment.phases" : "lr_finder.grid_search_params.resolution",
          "with matrix and repetitions %d runs, allowed: %d".formatted(runs, MAX_RUNS));
    }
    return runs > MAX_RUNS;
  }

  private void collect(
      int axis, ObjectNode document, List<String> labels, Phases phases, List<Point> points) {
    if (axis == header.matrix().size()) {
      int most = MAX_RUNS / header.repetitions() - points.size();
      Rounds.of(document, most, findings)
          .takeWhile(round -> goesOn())
          .forEachOrdered(round -> collect(round, labels, phases, points));
      return;
    }
    List<Entry> entries = header.matrix().get(axis);
    for (int i = 0; i < entries.size() && goesOn(); i++) {
      Entry entry = entries.get(i);
      ObjectNode changed = document.deepCopy();
      String where = "experiment.matrix[%d][%d]".formatted(axis, i);
      entry
          .set()
          .properties()
          .forEach(e -> apply(changed, e.getKey(), e.getValue(), where + ".set", findings));
      List<String> extended = new ArrayList<>(labels);
      extended.add(entry.label());
      collect(axis + 1, changed, List.copyOf(extended), phases(entry, where, phases), points);
    }
  }

  private void collect(Rounds round, List<String> labels, Phases phases, List<Point> points) {
    List<Phases.Stage> stages = phases.resolve(round.document(), findings);
    if (stages.isEmpty()) {
      volume.addRefused(round.document());
    } else {
      volume.add(stages);
    }
    points.add(new Point(labels, round.label(), stages));
  }

  /** Whether another point is worth looking at: none is where it is clear that all are refused. */
  private boolean goesOn() {
    return !volume.exceeded() && !findings.full();
  }

  /** What {@code entry} says of phases counts for its points, in place of the experiment's own. */
  private Phases phases(Entry entry, String where, Phases before) {
    if (entry.phases() == null) {
      return before;
    }
    if (before.path().startsWith("experiment.matrix")) {
      findings.invalid(
          where + ".phases", "given beside %s, allowed: in one axis".formatted(before.path()));
    }
    return new Phases(entry.phases(), where + ".phases");
  }

  /** Sets {@code path} of {@code document}, as {@code where} asks for. */
  static void apply(
      ObjectNode document, String path, JsonNode value, String where, Findings findings) {
    try {
      Overrides.set(document, path, value);
    } catch (IllegalArgumentException e) {
      findings.invalid(where, e.getMessage());
    }
  }
}
