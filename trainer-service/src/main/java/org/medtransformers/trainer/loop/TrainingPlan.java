package org.medtransformers.trainer.loop;

import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;

/**
 * What happens at which iteration; iterations count from 1.
 *
 * @param iterationsPerEpoch batches of the training loader
 * @param iterations of the whole run
 * @param validateEvery epochs between validations; fractions are allowed, infinite means never
 * @param logEvery iterations between entries of the loss history
 */
public record TrainingPlan(
    int iterationsPerEpoch, int iterations, double validateEvery, int logEvery) {
  /** Where {@code k × validateEvery × iterationsPerEpoch} is whole but for rounding. */
  private static final double ROUNDING = 1e-9;

  /**
   * Lays the run out over the batches that {@code loader} serves.
   *
   * @throws MedtransException {@link ErrorCode#DATASET_INVALID} where there is no batch at all,
   *     {@link ErrorCode#INVALID_REQUEST} where there are more iterations than an int counts
   */
  public static TrainingPlan of(RunConfig.TrainingParams params, LoaderInfo loader) {
    if (loader.batches() == 0) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "dataloader_params.trainloader: the training split makes no batch of %d images%s"
              .formatted(
                  loader.spec().batchSize(),
                  loader.spec().dropLast() ? " (drop_last is true)" : ""));
    }
    return new TrainingPlan(
        loader.batches(), iterations(params, loader), params.valEvery(), params.logEvery());
  }

  private static int iterations(RunConfig.TrainingParams params, LoaderInfo loader) {
    long iterations = (long) params.epochs() * loader.batches();
    if (iterations > Integer.MAX_VALUE) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "training_params.epochs: %d epochs of %d batches are %d iterations, allowed are %d"
              .formatted(params.epochs(), loader.batches(), iterations, Integer.MAX_VALUE));
    }
    return (int) iterations;
  }

  /** Epochs done after {@code iteration}, as a fraction. */
  public double epoch(int iteration) {
    return (double) iteration / iterationsPerEpoch;
  }

  public boolean logsAfter(int iteration) {
    return iteration % logEvery == 0 || iteration == iterations;
  }

  /**
   * Whether the k-th validation, due {@code k × validateEvery} epochs into the run, falls on {@code
   * iteration}: the first one at or after its time, so that fractions do not drift away from the
   * ends of epochs.
   */
  public boolean validatesAfter(int iteration) {
    return validationsDue(iteration) > validationsDue(iteration - 1);
  }

  /** How many validations follow after {@code iteration}. */
  int validationsAfter(int iteration) {
    return (int) (validationsDue(iterations) - validationsDue(iteration));
  }

  private double validationsDue(int iteration) {
    return Math.floor(iteration / (validateEvery * iterationsPerEpoch) + ROUNDING);
  }
}
