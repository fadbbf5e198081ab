package org.medtransformers.contracts.loader;

import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.Split;

/**
 * Describes a loader completely: any replica that is given the same description serves the same
 * bytes for the same epoch and batch.
 *
 * @param preparedId id of the prepared data set
 * @param views one element per view; {@code Resize} has been done by preparing and is skipped
 * @param shuffle order drawn anew each epoch from the seed, else the order of the index
 * @param dropLast leaves an incomplete last batch out
 * @param seed of order and augmentation
 */
public record LoaderSpec(
    String preparedId,
    Split split,
    List<Transforms> views,
    int batchSize,
    boolean shuffle,
    boolean dropLast,
    long seed) {
  public LoaderSpec {
    views = List.copyOf(views);
  }

  /** The loader that a run trains from. */
  public static LoaderSpec ofTraining(RunConfig run, String preparedId, long seed) {
    RunConfig.Loader loader = run.dataloaders().trainloader();
    return new LoaderSpec(
        preparedId,
        Split.TRAIN,
        run.dataset().trainTransforms(),
        loader.batchSize(),
        loader.shuffle(),
        loader.dropLast(),
        seed);
  }

  /**
   * The loader by which a run's model is measured: every image of {@code split} once, in the order
   * of the index, under the test transforms, whatever the file says of shuffling and dropping.
   */
  public static LoaderSpec ofEvaluation(RunConfig run, String preparedId, Split split) {
    return new LoaderSpec(
        preparedId,
        split,
        run.dataset().testTransforms().subList(0, 1),
        run.dataloaders().testloader().batchSize(),
        false,
        false,
        0);
  }
}
