package org.medtransformers.contracts.result;

/**
 * Where a run is just now, for people who watch it. What the phase has no value for is absent.
 *
 * @param attempt of the current phase, from 1; 0 while nobody works on it
 * @param iteration done so far: optimizer steps while training, images while preparing
 * @param iterations of all
 * @param loss mean over the iterations since the last progress event
 * @param validation the target metric at the last validation
 * @param secondsLeft estimate for the current phase
 * @param dataWaitShare share of the training time spent waiting for batches, 0 to 1
 * @param collapse of a training without labels, as of the last progress event
 * @param detail a few words, such as {@code waiting for a trainer}
 */
public record RunProgress(
    int attempt,
    Double epoch,
    Integer iteration,
    Integer iterations,
    Double loss,
    Double validation,
    Double imagesPerSecond,
    Double secondsLeft,
    Double dataWaitShare,
    Collapse collapse,
    String detail) {

  /** Of a phase that has neither a loss nor what belongs to one. */
  public RunProgress(
      int attempt, Double epoch, Integer iteration, Integer iterations, String detail) {
    this(attempt, epoch, iteration, iterations, null, null, null, null, null, null, detail);
  }

  /** Nobody works on it yet. */
  public static RunProgress waiting(String detail) {
    return new RunProgress(0, null, null, null, detail);
  }

  public RunProgress withDetail(String text) {
    return copy(validation, text);
  }

  public RunProgress withValidation(Double found) {
    return copy(found, detail);
  }

  private RunProgress copy(Double newValidation, String newDetail) {
    return new RunProgress(
        attempt,
        epoch,
        iteration,
        iterations,
        loss,
        newValidation,
        imagesPerSecond,
        secondsLeft,
        dataWaitShare,
        collapse,
        newDetail);
  }
}
