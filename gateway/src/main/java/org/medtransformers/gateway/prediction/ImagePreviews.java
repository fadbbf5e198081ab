package org.medtransformers.gateway.prediction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.service.database.Database;

/** Images as a run's model saw them when it was measured, from the data-service. */
@Singleton
public final class ImagePreviews {
  /** Loaders that are known to be known there. */
  private static final int KEPT = 500;

  private final Database database;
  private final BatchClient client;
  private final Cache<LoaderSpec, LoaderInfo> loaders =
      Caffeine.newBuilder().maximumSize(KEPT).build();

  ImagePreviews(Database database, BatchClient client) {
    this.database = database;
    this.client = client;
  }

  /**
   * A PNG of one image, under the test transforms, before normalisation.
   *
   * @param id of a run, or a model name, which means its latest success
   * @param split null for the one on which the run is measured
   * @param row its place in the split, from 0
   * @throws MedtransException {@code NOT_FOUND} where there is no such run or image, or its data
   *     set is not prepared any more; {@code UNAVAILABLE} where the data-service does not answer
   */
  public byte[] png(String id, Split split, int row) {
    RunEntity run = database.inTransaction(() -> NamedRuns.require(id));
    if (run.prepared == null) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND, "run %s has no images: its data set is not prepared".formatted(id));
    }
    RunConfig config = run.file().config();
    Split part = split == null ? config.medtrans().evaluation().split() : split;
    try {
      return png(spec(config, run.prepared.id(), part), row);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MedtransException.of(ErrorCode.UNAVAILABLE, "stopped before the image was read", e);
    }
  }

  /** As the evaluation itself looks at the images. */
  private static LoaderSpec spec(RunConfig config, String dataset, Split split) {
    return new LoaderSpec(
        dataset,
        split,
        config.dataset().testTransforms().subList(0, 1),
        config.dataloaders().testloader().batchSize(),
        false,
        false,
        0);
  }

  private byte[] png(LoaderSpec spec, int row) throws InterruptedException {
    BooleanSupplier patient = () -> false;
    DatasetImage image =
        client
            .image(spec.preparedId(), spec.split(), row, patient)
            .orElseThrow(
                () ->
                    MedtransException.of(
                        ErrorCode.NOT_FOUND,
                        "there is no image %d in the part %s of data set %s"
                            .formatted(row, spec.split().label(), spec.preparedId())));
    LoaderInfo loader = loaders.getIfPresent(spec);
    if (loader == null) {
      loader = client.register(spec, patient);
      loaders.put(spec, loader);
    }
    return client.contactSheet(loader, image.index(), 1, patient);
  }
}
