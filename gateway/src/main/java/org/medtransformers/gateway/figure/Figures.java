package org.medtransformers.gateway.figure;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.comparison.Calculations;
import org.medtransformers.gateway.comparison.Compared;
import org.medtransformers.gateway.comparison.Comparisons;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.service.database.Database;

/**
 * Figures of experiments and runs. Their numbers are worked out by {@link Calculations}, once for
 * the same evaluated runs; they are drawn when they are asked for.
 */
@Singleton
public final class Figures {
  private static final long KEPT = 16;

  private final Comparisons comparisons;
  private final ExperimentFigures experiments;
  private final RunFigures runs;
  private final Database database;
  private final Calculations.Known<List<Object>, ExperimentFigures.Drawn> ofExperiments;
  private final Calculations.Known<List<Object>, List<Figure>> ofRuns;
  private final Access access;

  Figures(
      Comparisons comparisons,
      ExperimentFigures experiments,
      RunFigures runs,
      Calculations calculations,
      Database database,
      Access access) {
    this.access = access;
    this.comparisons = comparisons;
    this.experiments = experiments;
    this.runs = runs;
    this.database = database;
    this.ofExperiments = calculations.keeping(KEPT);
    this.ofRuns = calculations.keeping(KEPT);
  }

  /**
   * Those of an experiment, as far as it has got.
   *
   * @throws MedtransException {@code NOT_FOUND} for an unknown id, {@code UNAVAILABLE} while they
   *     are being worked out
   */
  public List<Figure> ofExperiment(String id) {
    List<Compared> compared =
        database.inTransaction(
            () ->
                Comparisons.compared(
                    RunEntity.of(ExperimentEntity.require(id, access.scope()).id)));
    ExperimentComparison comparison = comparisons.of(List.of(id));
    List<Object> key =
        compared.stream().map(r -> (Object) new Ended(r.run().id, r.run().endedAt)).toList();
    ExperimentFigures.Drawn drawn =
        ofExperiments.of(key, () -> experiments.of(comparison, compared));
    if (!drawn.complete()) {
      // A file that is missing now may be there the next time.
      ofExperiments.forget(key);
    }
    return drawn.figures();
  }

  /** By which runs of a comparison it is the same. */
  private record Ended(UUID run, Instant at) {}

  /**
   * Those of a run, as far as it has got.
   *
   * @param id of a run, or a model name, which means its latest success
   * @throws MedtransException {@code NOT_FOUND} for an unknown id, {@code UNAVAILABLE} while they
   *     are being worked out
   */
  public List<Figure> ofRun(String id) {
    RunEntity run = database.inTransaction(() -> NamedRuns.require(id, access.scope()));
    List<Object> key = List.of(run.id, String.valueOf(run.endedAt));
    List<Figure> figures = ofRuns.of(key, () -> runs.of(run));
    if (run.endedAt == null) {
      ofRuns.forget(key);
    }
    return figures;
  }

  /**
   * The figure of that name.
   *
   * @throws MedtransException {@code NOT_FOUND} naming those there are
   */
  public static Figure named(List<Figure> figures, String name) {
    return figures.stream()
        .filter(figure -> figure.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                MedtransException.of(
                    ErrorCode.NOT_FOUND,
                    "there is no figure %s; there are: %s"
                        .formatted(
                            name,
                            figures.isEmpty()
                                ? "none yet"
                                : figures.stream()
                                    .map(Figure::name)
                                    .collect(Collectors.joining(", ")))));
  }
}
