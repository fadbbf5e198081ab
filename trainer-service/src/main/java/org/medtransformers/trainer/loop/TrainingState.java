package org.medtransformers.trainer.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.result.Metrics;

/**
 * How far a training got, besides the network's own state.
 *
 * @param iteration iterations done
 * @param validatedAt iteration of the last validation; 0 before the first
 * @param metrics of the last validation; null before the first
 * @param knn of the last validation; null where nearest neighbours were not asked besides
 * @param best the best validated model; null before the first that has a target metric
 * @param next the models after it that are kept too, the better first
 * @param withoutImprovement validations in a row since the best one
 * @param beginning metrics of the network as it began; null where they are not asked
 */
public record TrainingState(
    int iteration,
    int validatedAt,
    Metrics metrics,
    Metrics knn,
    BestModel best,
    List<BestModel> next,
    int withoutImprovement,
    Metrics beginning) {
  /** Before the first iteration. */
  public static final TrainingState START =
      new TrainingState(0, 0, null, null, null, List.of(), 0, null);

  /** Checkpoints of before have one best model. */
  public TrainingState {
    next = next == null ? List.of() : List.copyOf(next);
  }

  /** After which the models were validated that are kept for what they reached, the best first. */
  public List<Long> bestIterations() {
    return Stream.concat(Stream.ofNullable(best), next.stream())
        .map(model -> (long) model.iteration())
        .toList();
  }

  /**
   * The model to go on with: the best one if the file says so and there is any, else the last.
   *
   * @return with metrics null if it was never validated
   */
  public BestModel chosen(RunConfig.TrainingParams params) {
    if (params.saveBestModel() && best != null) {
      return best;
    }
    return validatedAt == iteration
        ? new BestModel(iteration, metrics, knn)
        : new BestModel(iteration, null, null);
  }

  TrainingState began(Metrics found) {
    return new TrainingState(
        iteration, validatedAt, metrics, knn, best, next, withoutImprovement, found);
  }

  TrainingState after(int newIteration) {
    return new TrainingState(
        newIteration, validatedAt, metrics, knn, best, next, withoutImprovement, beginning);
  }

  /**
   * After a validation.
   *
   * @param keep how many of the best models are kept
   */
  TrainingState validated(Measured found, TargetMetric target, int keep) {
    BestModel now = new BestModel(iteration, found.metrics(), found.knn());
    List<BestModel> ranking = ranking(now, target);
    BestModel newBest = ranking.isEmpty() ? null : ranking.get(0);
    return new TrainingState(
        iteration,
        iteration,
        found.metrics(),
        found.knn(),
        newBest,
        ranking.stream().skip(1).limit(keep - 1L).toList(),
        now.equals(newBest) ? 0 : withoutImprovement + 1,
        beginning);
  }

  /** The best models so far with {@code now} in its place, the best first. */
  private List<BestModel> ranking(BestModel now, TargetMetric target) {
    List<BestModel> ranking = new ArrayList<>(next);
    if (best != null) {
      ranking.add(0, best);
    }
    int place = ranking.size();
    while (place > 0 && BestModel.improves(now.metrics(), ranking.get(place - 1), target)) {
      place--;
    }
    if (place < ranking.size() || BestModel.improves(now.metrics(), null, target)) {
      ranking.add(place, now);
    }
    return ranking;
  }
}
