package org.medtransformers.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.medtransformers.batches.Batch;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.files.Disk;
import org.medtransformers.imaging.batch.Batcher;
import org.medtransformers.imaging.prepare.PreparedSet;

/** Times epochs of batches, from prepared shards to normalised tensors. A round is an epoch. */
record Augmentation(ImageFolder images, Pipeline pipeline, Rounds rounds) {
  private static final int BATCH = 16;

  ImageRate measure() throws IOException, InterruptedException {
    Path root = Files.createTempDirectory("medtrans-bench-");
    try {
      PreparedSet set = images.prepared(root, pipeline, rounds.threads());
      Batcher batcher =
          new Batcher(
              set,
              new LoaderSpec(
                  set.dataset().id(), Split.TRAIN, pipeline.views(), BATCH, true, false, 0));
      double seconds =
          rounds.fastest(
              batcher.info().batches(), epoch -> number -> Batch.of(batcher.batch(epoch, number)));
      return ImageRate.ours(pipeline.label(), images.files().size(), seconds);
    } finally {
      new Disk().delete(root);
    }
  }
}
