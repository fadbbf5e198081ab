package org.medtransformers.trainer.job;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.batches.BatchStream;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.LoaderInfo;
import org.medtransformers.contracts.data.LoaderSpec;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.trainer.loop.Batches;

/**
 * The batches of one run, from two loaders of the data-service.
 *
 * @param validationSplit null where the split is empty
 */
record LoaderBatches(BatchClient client, LoaderInfo trainingSplit, LoaderInfo validationSplit)
    implements Batches {

  /**
   * Registers the loaders.
   *
   * @param shouldStop ends the wait for a data-service that is away
   */
  static LoaderBatches register(
      BatchClient client, TrainingEvent.Requested run, BooleanSupplier shouldStop)
      throws InterruptedException {
    LoaderInfo training = client.register(trainingSpec(run), shouldStop);
    LoaderInfo validation =
        run.dataset().sizes().val() == 0 ? null : client.register(validationSpec(run), shouldStop);
    return new LoaderBatches(client, training, validation);
  }

  @Override
  public BatchStream training(int from, int to) {
    return client.stream(trainingSplit, from, to);
  }

  @Override
  public BatchStream validation() {
    return client.stream(validationSplit, 0, validationSplit.batches());
  }

  private static LoaderSpec trainingSpec(TrainingEvent.Requested run) {
    RunConfig.Loader loader = run.config().dataloaders().trainloader();
    return new LoaderSpec(
        run.dataset().id(),
        Split.TRAIN,
        firstView(run.config().dataset().trainTransforms()),
        loader.batchSize(),
        loader.shuffle(),
        loader.dropLast(),
        run.seed());
  }

  /** Every image once, in a fixed order, whatever the run file says of shuffling and dropping. */
  private static LoaderSpec validationSpec(TrainingEvent.Requested run) {
    return new LoaderSpec(
        run.dataset().id(),
        Split.VAL,
        firstView(run.config().dataset().valTransforms()),
        run.config().dataloaders().valloader().batchSize(),
        false,
        false,
        run.seed());
  }

  /** Supervised learning looks at one view of an image. */
  private static List<Transforms> firstView(List<Transforms> views) {
    return views.subList(0, 1);
  }
}
