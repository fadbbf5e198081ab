package org.medtransformers.trainer.loop;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Loss and speed since the last entry of the history. Time spent validating and writing checkpoints
 * does not count as training time.
 */
final class ProgressMeter {
  /** How much the newest window weighs in the estimate of the time per iteration. */
  private static final double NEWEST = 0.3;

  private final LongSupplier nanoTime;
  private double lossSum;
  private int iterations;
  private long images;
  private long waitedNanos;
  private long trainedNanos;
  private long lastReading;
  private double secondsPerIteration = Double.NaN;

  /**
   * @param nanoTime a clock of nanoseconds, as {@link System#nanoTime}
   */
  ProgressMeter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastReading = nanoTime.getAsLong();
  }

  /** Notes one step that took {@code trained}, of which {@code waited} was for its batch. */
  void step(double loss, int batch, Duration waited, Duration trained) {
    lossSum += loss;
    iterations++;
    images += batch;
    waitedNanos += waited.toNanos();
    trainedNanos += trained.toNanos();
  }

  /** Time since anybody was told of the progress. */
  Duration sinceReading() {
    return Duration.ofNanos(nanoTime.getAsLong() - lastReading);
  }

  /** The window so far; keeps it open. */
  Reading read() {
    lastReading = nanoTime.getAsLong();
    double seconds = trainedNanos / 1e9;
    double perIteration = seconds / iterations;
    double smoothed =
        Double.isNaN(secondsPerIteration)
            ? perIteration
            : NEWEST * perIteration + (1 - NEWEST) * secondsPerIteration;
    return new Reading(
        lossSum / iterations,
        images / seconds,
        smoothed,
        Math.min(1, (double) waitedNanos / trainedNanos));
  }

  /** The window, closed: the next step opens a new one. */
  Reading close() {
    Reading reading = read();
    secondsPerIteration = reading.secondsPerIteration();
    lossSum = 0;
    iterations = 0;
    images = 0;
    waitedNanos = 0;
    trainedNanos = 0;
    return reading;
  }

  /**
   * @param loss mean over the window's iterations
   * @param dataWaitShare share of the time spent waiting for batches, 0 to 1
   */
  record Reading(
      double loss, double imagesPerSecond, double secondsPerIteration, double dataWaitShare) {}
}
