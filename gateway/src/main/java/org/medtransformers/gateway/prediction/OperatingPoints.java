package org.medtransformers.gateway.prediction;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.Intervals;
import org.medtransformers.gateway.comparison.Calculations;
import org.medtransformers.statistics.BinaryScores;
import org.medtransformers.statistics.Bootstrap;
import org.medtransformers.statistics.Decisions;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.ThresholdPoint;

/**
 * What a model of two classes is worth at any threshold, on the split on which it was measured. A
 * threshold that is chosen by looking at these numbers is not one that was chosen beforehand: the
 * numbers at it are too good.
 */
@Singleton
@RegisterForReflection(targets = ThresholdPoint.class)
public final class OperatingPoints {
  /** Of so many thresholds the intervals are kept. */
  private static final int KEPT = 256;

  private final PredictedRuns runs;
  private final Calculations.Known<Question, Intervals> intervals;

  OperatingPoints(PredictedRuns runs, PredictionWork work) {
    this.runs = runs;
    this.intervals = work.keeping(KEPT);
  }

  private record Question(PredictedRuns.Version run, double threshold) {}

  /**
   * Thresholds and what they come to.
   *
   * @param positive name of the positive class
   * @param images of the split
   * @param positives those of them that are positive
   * @param points by falling threshold
   */
  public record Thresholds(
      Split split, String positive, int images, int positives, List<ThresholdPoint> points) {}

  /**
   * What one threshold comes to.
   *
   * @param confusionMatrix rows are truth, columns what is said: negative, positive
   * @param values as {@link Decisions} has them
   * @param intervals of {@code values}, the threshold being fixed, by the same resamples as the
   *     run's other intervals; null where the run's file asks for none
   */
  public record AtThreshold(
      Split split,
      String positive,
      double threshold,
      List<List<Integer>> confusionMatrix,
      Map<String, Double> values,
      Intervals intervals) {}

  /**
   * The thresholds at which something changes.
   *
   * @param id of a run, or a model name, which means its latest success
   * @param most of them, at least 2
   * @throws MedtransException {@code NOT_FOUND} also where there are not two classes
   */
  public Thresholds of(String id, int most) {
    PredictedRun run = binary(id).run();
    BinaryScores scores = BinaryScores.of(run.images());
    return new Thresholds(
        run.split(),
        run.dataset().classes().get(1),
        scores.images(),
        scores.positives(),
        ThresholdPoint.of(scores, most));
  }

  /**
   * One threshold, with intervals.
   *
   * @param threshold an image is called positive at this probability or more
   * @throws MedtransException as above
   */
  public AtThreshold at(String id, double threshold) {
    PredictedRuns.Found found = binary(id);
    PredictedRun run = found.run();
    Decisions decisions = new Decisions(BinaryScores.of(run.images()), threshold);
    return new AtThreshold(
        run.split(),
        run.dataset().classes().get(1),
        threshold,
        decisions.confusionMatrix(),
        decisions.values(),
        found.resamples() == 0
            ? null
            : intervals.of(
                new Question(found.version(), threshold),
                () -> intervals(run, decisions, found.resamples())));
  }

  private static Intervals intervals(PredictedRun run, Decisions decisions, int resamples) {
    List<String> groups = run.images().stream().map(PredictedImage::group).toList();
    // The seed of an evaluation's own intervals.
    return new Bootstrap(groups, 0).intervals(decisions, run.dataset().classes(), resamples);
  }

  private PredictedRuns.Found binary(String id) {
    PredictedRuns.Found found = runs.of(id);
    if (found.run().dataset().task() != Task.BINARY) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND,
          "run %s has no operating points: they are of two classes, one of which is looked for"
              .formatted(found.version().run()));
    }
    return found;
  }
}
