package org.medtransformers.learning.cost;

import java.time.Duration;
import org.medtransformers.contracts.cost.Pace;

/** Adds batches up to a {@link Pace}. */
public final class PaceMeter {
  private static final int WARM_UP = 3;

  private long batches;
  private Pace pace = Pace.NONE;

  /**
   * The next batch.
   *
   * @param taken with {@code waited}, the time until the batch was there
   */
  public void add(int images, Duration waited, Duration taken) {
    Pace batch = new Pace(images, 1, seconds(taken), seconds(waited));
    // What came before was warming up.
    pace = batches <= WARM_UP ? batch : pace.plus(batch);
    batches++;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** All batches, those that do not count for the pace included. */
  public long batches() {
    return batches;
  }

  /** So far. */
  public Pace pace() {
    return pace;
  }
}
