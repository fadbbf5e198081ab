package org.medtransformers.trainer.loop;

import java.time.Duration;
import org.medtransformers.learning.training.StepResult;

/** Hears of a training's progress and keeps its state. */
public interface Recorder {
  /**
   * After each iteration.
   *
   * @param taken with {@code waited}, the time until the batch was there
   */
  void learned(int images, Duration waited, Duration taken);

  /** After an entry of the history, and now and then between two of them. */
  void progress(StepResult step, Speed speed);

  /**
   * After a validation; of iteration 0 where the network was measured before it learned.
   *
   * @param best whether the target metric is the best so far
   */
  void validated(int iteration, Measured found, boolean best);

  /**
   * Keeps the network, as it is now, and {@code state}, so that another attempt can go on from
   * here. May return before that is written, but not before the checkpoint before is.
   */
  void checkpoint(TrainingState state);

  /** Whether the last checkpoint is still being written. Throws what has made that fail. */
  boolean writesCheckpoint();

  /** Returns when the last checkpoint is written. Throws what has made that fail. */
  void awaitCheckpoint();

  /**
   * How fast it goes.
   *
   * @param loss mean over the iterations since the last entry of the history
   * @param secondsLeft estimate for the rest of the run, validations included
   * @param dataWaitShare share of the time spent waiting for batches, 0 to 1
   */
  record Speed(double loss, double imagesPerSecond, double secondsLeft, double dataWaitShare) {}
}
