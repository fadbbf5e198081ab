package org.medtransformers.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medtransformers.contracts.config.LearningRateGrid;
import org.medtransformers.contracts.config.RunFile;
import org.medtransformers.contracts.result.Phase;
import org.medtransformers.experiment.Expansion.Point;
import org.medtransformers.experiment.Phases.Stage;

/** The runs that the points of a matrix make, point by point and phase by phase. */
final class RunList {
  private final long seed;
  private final int repetitions;
  private final List<Point> points;
  private final Arms arms;
  private final Map<Training, Integer> interim = new HashMap<>();
  private final List<PlannedRun> runs = new ArrayList<>();

  /** What makes two trainings the same. */
  private record Training(String fileSha256, int repetition, Integer follows) {}

  RunList(long seed, int repetitions, List<Point> points) {
    this.seed = seed;
    this.repetitions = repetitions;
    this.points = points;
    this.arms = new Arms(points);
  }

  /** Repetitions innermost. */
  List<PlannedRun> runs() {
    for (Point point : points) {
      Optional<LearningRateFinder> search = LearningRateFinder.of(point.stages().get(0).file());
      if (search.isPresent()) {
        for (double rate : search.get().rates(seed)) {
          trials(point, search.get(), rate);
        }
      } else {
        chains(point);
      }
    }
    return List.copyOf(runs);
  }

  private void trials(Point point, LearningRateFinder search, double rate) {
    RunFile file = search.trial(point.stages().get(0).file(), rate);
    String initialisation = initialisation(point, 0);
    for (int r = 0; r < repetitions; r++) {
      runs.add(run(point, 0, initialisation, r, rate, null, file));
    }
  }

  private void chains(Point point) {
    Integer[] before = new Integer[repetitions];
    for (int i = 0; i < point.stages().size(); i++) {
      RunFile file = point.stages().get(i).file();
      String initialisation = initialisation(point, i);
      boolean last = i == point.stages().size() - 1;
      for (int r = 0; r < repetitions; r++) {
        Training training = new Training(file.sha256(), r, before[r]);
        Integer known = last ? null : interim.get(training);
        if (known == null) {
          known = runs.size();
          runs.add(run(point, i, initialisation, r, null, before[r], file));
          if (!last) {
            interim.put(training, known);
          }
        }
        before[r] = known;
      }
    }
  }

  private PlannedRun run(
      Point point,
      int stage,
      String initialisation,
      int repetition,
      Double learningRate,
      Integer follows,
      RunFile file) {
    return new PlannedRun(
        file,
        initialisation,
        labels(point, learningRate),
        repetition,
        seed + repetition,
        learningRate,
        phase(point, stage),
        follows);
  }

  private static Phase phase(Point point, int stage) {
    return new Phase(stage + 1, stage == point.stages().size() - 1);
  }

  private static List<String> labels(Point point, Double learningRate) {
    List<String> labels = new ArrayList<>(point.labels());
    if (!point.round().isEmpty()) {
      labels.add(point.round());
    }
    if (learningRate != null) {
      labels.add("lr " + LearningRateGrid.text(learningRate));
    }
    return List.copyOf(labels);
  }

  /** The row of the comparison: what the training begins with, and what else sets it apart. */
  private String initialisation(Point point, int index) {
    Stage stage = point.stages().get(index);
    // What another training begins with is in no table, and may be of several points.
    if (index < point.stages().size() - 1) {
      return stage.initialisation();
    }
    boolean search = LearningRateFinder.of(stage.file()).isPresent();
    List<String> distinguishing =
        search ? arms.distinguishingRounds(point) : arms.distinguishing(point);
    return distinguishing.isEmpty()
        ? stage.initialisation()
        : stage.initialisation() + " (" + String.join(", ", distinguishing) + ")";
  }
}
