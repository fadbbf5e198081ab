package org.medtransformers.gateway.curve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.comparison.Comparisons;
import org.medtransformers.gateway.curve.ExperimentCurves.Arm;
import org.medtransformers.gateway.curve.ExperimentCurves.Cell;
import org.medtransformers.gateway.curve.ExperimentCurves.Single;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.service.database.Database;

/** Curves of runs and of experiments. An unknown id is {@code NOT_FOUND}. */
@Singleton
public final class CurveCharts {
  /** Points of a curve, and of each of a few runs that it is made of. */
  public static final int MOST = 250;

  /** Of many runs fewer are looked up: so many together, but no fewer than {@link #FEWEST} each. */
  private static final int TOGETHER = 30_000;

  private static final int FEWEST = 50;

  /** Runs of which they are kept; some 20 KiB each. */
  private static final int KEPT = 2000;

  private final CurvePoints points;
  private final Database database;
  private final Cache<Version, CurvePoints.Found> known =
      Caffeine.newBuilder().maximumSize(KEPT).build();
  private final Access access;

  CurveCharts(CurvePoints points, Database database, Access access) {
    this.access = access;
    this.points = points;
    this.database = database;
  }

  /**
   * A run as far as it is known: as long as nothing of this changes, it has no other points.
   *
   * @param places how many points are looked up
   */
  private record Version(
      UUID run,
      RunState state,
      int attemptsAfter,
      int attempt,
      int step,
      int validated,
      int places) {
    static Version of(RunEntity run, int places) {
      return new Version(
          run.id, run.state, run.attemptsAfter, run.attempt, run.step, run.validated, places);
    }
  }

  private record Run(Version version, Cell cell) {}

  /**
   * The curves of a run between two iterations.
   *
   * @param id of a run, or a model name, which means its latest success
   * @param most points of each kind, at least 1
   */
  public RunCurves of(String id, int from, int to, int most) {
    UUID run = database.inTransaction(() -> NamedRuns.require(id, access.scope()).id);
    CurvePoints.Found found = points.of(run, from, to, most);
    return new RunCurves(run.toString(), found.training().columns(), found.validation().columns());
  }

  /**
   * The runs of an experiment as bands, and some of them by themselves.
   *
   * @param most points of a curve, from 2 to {@link #MOST}
   * @param singles ids of runs of the experiment; others are left out
   */
  public ExperimentCurves of(
      String id, CurveMetric metric, Axis axis, int most, List<String> singles) {
    List<Run> runs = database.inTransaction(() -> runs(id));
    Map<Cell, List<String>> ids = new LinkedHashMap<>();
    Map<Cell, List<Line>> lines = new LinkedHashMap<>();
    List<Single> shown = new ArrayList<>();
    for (Run run : runs) {
      Line line = line(run.version(), metric, axis);
      if (!line.isEmpty()) {
        String own = run.version().run().toString();
        ids.computeIfAbsent(run.cell(), cell -> new ArrayList<>()).add(own);
        lines.computeIfAbsent(run.cell(), cell -> new ArrayList<>()).add(line);
        if (singles.contains(own)) {
          shown.add(single(own, line, most));
        }
      }
    }
    List<Arm> arms =
        lines.entrySet().stream()
            .map(e -> new Arm(e.getKey(), ids.get(e.getKey()), Band.of(e.getValue(), most)))
            .toList();
    return new ExperimentCurves(metric.key(), axis, arms, shown);
  }

  private static Single single(String id, Line line, int most) {
    Band alone = Band.of(List.of(line), most);
    return new Single(id, alone.x(), alone.mean());
  }

  private Line line(Version version, CurveMetric metric, Axis axis) {
    return known
        .get(version, unknown -> points.of(unknown.run(), 0, Integer.MAX_VALUE, unknown.places()))
        .line(metric, axis);
  }

  private List<Run> runs(String id) {
    List<RunEntity> runs = RunEntity.of(ExperimentEntity.require(id, access.scope()).id);
    Function<RunEntity, String> headings = Comparisons.headings(runs);
    int places = Math.max(FEWEST, Math.min(MOST, TOGETHER / Math.max(1, runs.size())));
    return runs.stream()
        .map(run -> new Run(Version.of(run, places), cell(run, headings.apply(run))))
        .toList();
  }

  private static Cell cell(RunEntity run, String heading) {
    return new Cell(heading, run.initialisation, run.backbone, run.phase(), run.learningRate);
  }
}
