package org.medtransformers.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medtransformers.contracts.config.LearningRateGrid;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.RunFile;
import org.medtransformers.contracts.result.Phase;
import org.medtransformers.experiment.Expansion.Point;
import org.medtransformers.experiment.Phases.Stage;

/** The runs that the points of a matrix make, point by point and phase by phase. */
final class RunList {
  private final long seed;
  private final int repetitions;
  private final List<Point> points;
  private final Map<String, Set<List<String>>> labelsByCell = new HashMap<>();
  private final Map<Training, Integer> interim = new HashMap<>();
  private final List<PlannedRun> runs = new ArrayList<>();

  /** What makes two trainings the same. */
  private record Training(String fileSha256, int repetition, Integer follows) {}

  RunList(long seed, int repetitions, List<Point> points) {
    this.seed = seed;
    this.repetitions = repetitions;
    this.points = points;
    for (Point point : points) {
      for (int i = 0; i < point.stages().size(); i++) {
        labelsByCell
            .computeIfAbsent(cell(point, i), c -> new LinkedHashSet<>())
            .add(point.labels());
      }
    }
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
    List<String> labels = new ArrayList<>(point.labels());
    labels.add("lr " + LearningRateGrid.text(rate));
    Point tried = new Point(List.copyOf(labels), point.stages());
    RunFile file = search.trial(point.stages().get(0).file(), rate);
    String initialisation = initialisation(point, 0);
    for (int r = 0; r < repetitions; r++) {
      runs.add(run(tried, 0, initialisation, r, rate, null, file));
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
        point.labels(),
        repetition,
        seed + repetition,
        learningRate,
        phase(point, stage),
        follows);
  }

  private static Phase phase(Point point, int stage) {
    return new Phase(stage + 1, stage == point.stages().size() - 1);
  }

  /** Row and column of the comparison, of interim phases apart. */
  private static String cell(Point point, int index) {
    Stage stage = point.stages().get(index);
    RunConfig run = stage.file().config();
    return String.join(
        "|",
        phase(point, index).toString(),
        run.dataset().dataset().label(),
        run.model().backbone().label(),
        stage.initialisation());
  }

  /** The row of the comparison: what the training begins with, and what else sets it apart. */
  private String initialisation(Point point, int index) {
    String start = point.stages().get(index).initialisation();
    Set<List<String>> sharing = labelsByCell.get(cell(point, index));
    // What another training begins with is in no table, and may be of several points.
    return sharing.size() == 1 || index < point.stages().size() - 1
        ? start
        : start + " (" + String.join(", ", distinguishing(point.labels(), sharing)) + ")";
  }

  /**
   * The labels in which the points of one cell differ: runs of different settings are not mixed.
   */
  private static List<String> distinguishing(List<String> labels, Set<List<String>> all) {
    List<String> result = new ArrayList<>();
    for (int axis = 0; axis < labels.size(); axis++) {
      int position = axis;
      if (all.stream().map(other -> other.get(position)).distinct().count() > 1) {
        result.add(labels.get(axis));
      }
    }
    return result;
  }
}
