package org.medtransformers.trainer.job;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.batches.BatchStream;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.trainer.loop.Batches;

/**
 * The batches of one run, from loaders of the data-service.
 *
 * @param validationSplit null where the split is empty
 * @param bankSplit null where no neighbours are asked
 */
record LoaderBatches(
    BatchClient client, LoaderInfo trainingSplit, LoaderInfo validationSplit, LoaderInfo bankSplit)
    implements Batches {
  /** The index lists the training split first. */
  private static final int FIRST_TRAINING_IMAGE = 0;

  private static final int SAMPLES = 9;

  /**
   * Registers the loaders.
   *
   * @param shouldStop ends the wait for a data-service that is away
   */
  static LoaderBatches register(
      BatchClient client, TrainingEvent.Requested run, BooleanSupplier shouldStop)
      throws InterruptedException {
    LoaderInfo training =
        client.register(
            LoaderSpec.ofTraining(run.config(), run.dataset().id(), run.seed()), shouldStop);
    boolean validates = run.dataset().sizes().val() > 0;
    LoaderInfo validation =
        validates ? client.register(evaluated(run, Split.VAL), shouldStop) : null;
    LoaderInfo bank =
        validates && run.config().asksNeighbours()
            ? client.register(evaluated(run, Split.TRAIN), shouldStop)
            : null;
    return new LoaderBatches(client, training, validation, bank);
  }

  /** PNG of the first training image as the first epochs augment it. */
  byte[] contactSheet(BooleanSupplier shouldStop) throws InterruptedException {
    return client.contactSheet(trainingSplit, FIRST_TRAINING_IMAGE, SAMPLES, shouldStop);
  }

  @Override
  public BatchStream training(int from, int to) {
    return client.stream(trainingSplit, from, to);
  }

  @Override
  public Optional<BatchStream> bank() {
    return Optional.ofNullable(bankSplit).map(split -> client.stream(split, 0, split.batches()));
  }

  @Override
  public BatchStream validation() {
    return client.stream(validationSplit, 0, validationSplit.batches());
  }

  /** Every image once, in a fixed order, whatever the run file says of shuffling and dropping. */
  private static LoaderSpec evaluated(TrainingEvent.Requested run, Split split) {
    return new LoaderSpec(
        run.dataset().id(),
        split,
        run.config().dataset().valTransforms(),
        run.config().dataloaders().valloader().batchSize(),
        false,
        false,
        run.seed());
  }
}
