package org.medtransformers.contracts.event;

import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.cost.TrainingCost;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.result.Collapse;
import org.medtransformers.contracts.result.Metrics;

/**
 * Training of one run. Iterations count from 1; {@code epoch} is iterations over iterations per
 * epoch.
 */
public sealed interface TrainingEvent extends Event {
  String runId();

  @Override
  default String key() {
    return runId();
  }

  /**
   * @param seed of initial weights, order and augmentation
   * @param configSha256 of the resolved run file; null where the sender does not know it
   * @param start the model to begin with; null for first weights
   * @param experiment name of the one that the run belongs to; null where the sender does not know
   * @param order when it has its turn; null where the sender does not know
   */
  record Requested(
      String runId,
      long seed,
      RunConfig config,
      PreparedDataset dataset,
      String configSha256,
      StartingPoint start,
      String experiment,
      WorkOrder order)
      implements TrainingEvent {}

  /**
   * An attempt begins.
   *
   * @param firstIteration 1, or the one after the checkpoint that the attempt resumes from
   * @param device e.g. {@code cpu} or {@code cuda:0}
   */
  record Started(
      String runId,
      int attempt,
      String trainer,
      String device,
      int threads,
      int firstIteration,
      int iterationsPerEpoch,
      int iterations)
      implements TrainingEvent {}

  /**
   * Sent every {@code log_every} iterations and after the last one; while these are far apart, also
   * every few seconds between them for whoever watches.
   *
   * @param loss mean over the iterations since the last multiple of {@code log_every}
   * @param gradientNorm before clipping, of the last iteration
   * @param secondsLeft estimate
   * @param dataWaitShare share of the time spent waiting for batches, 0 to 1
   * @param collapse of the last iteration; null with labels
   */
  record Progress(
      String runId,
      int attempt,
      double epoch,
      int iteration,
      int iterations,
      double loss,
      double learningRate,
      double gradientNorm,
      double imagesPerSecond,
      double secondsLeft,
      double dataWaitShare,
      Collapse collapse)
      implements TrainingEvent {}

  /**
   * @param iteration after which it was; 0 where the network was measured before it learned
   * @param metrics of the network with labels, of its nearest neighbours without
   * @param best whether the target metric is the best so far
   * @param knn of the nearest neighbours, where they were asked besides; else null
   */
  record Validated(
      String runId,
      int attempt,
      double epoch,
      int iteration,
      Metrics metrics,
      boolean best,
      Metrics knn)
      implements TrainingEvent {}

  record Checkpointed(String runId, int attempt, int iteration, String checkpoint)
      implements TrainingEvent {}

  /**
   * @param notice what a reader of the results should know of the training
   */
  record Noticed(String runId, int attempt, String notice) implements TrainingEvent {}

  /**
   * @param checkpoint folder of the model to evaluate, relative to the run's folder
   * @param metrics on the validation split, of that model; null if it was never validated
   * @param knn likewise of its nearest neighbours, where they were asked besides; else null
   * @param beginning likewise of the network as it began, where it learned without labels; else
   *     null
   * @param costs of all attempts, by kind of machine; null or empty where nobody has measured them
   */
  record Completed(
      String runId,
      int attempt,
      int iterations,
      int bestIteration,
      String checkpoint,
      Metrics metrics,
      Metrics knn,
      Metrics beginning,
      List<TrainingCost> costs)
      implements TrainingEvent {}

  /**
   * @param reason what the training, at work or not, waits for besides its turn; null where it
   *     waits no longer
   */
  record Waiting(String runId, int attempt, String reason) implements TrainingEvent {}

  record Failed(String runId, int attempt, ErrorInfo error) implements TrainingEvent {}

  /**
   * @param iteration the last one that is in a checkpoint
   */
  record Cancelled(String runId, int attempt, int iteration) implements TrainingEvent {}
}
