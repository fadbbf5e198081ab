package org.medtransformers.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.LoaderSpec;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.imaging.batch.Batcher;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.prepare.PrepareSpec;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;

/** Times epochs of batches, from prepared shards to normalised tensors. A round is an epoch. */
record Augmentation(ImageFolder images, Pipeline pipeline, Rounds rounds) {
  private static final int BATCH = 16;

  ImageRate measure() throws IOException, InterruptedException {
    Path root = Files.createTempDirectory("medtrans-bench-");
    try {
      PreparedSet set = prepared(root);
      Batcher batcher =
          new Batcher(
              set,
              new LoaderSpec(
                  set.dataset().id(), Split.TRAIN, pipeline.views(), BATCH, true, false, 0));
      double seconds =
          rounds.fastest(batcher.info().batches(), epoch -> number -> batcher.batch(epoch, number));
      return ImageRate.ours(pipeline.label(), images.files().size(), seconds);
    } finally {
      PreparedStore.delete(root);
    }
  }

  private PreparedSet prepared(Path root) {
    RunConfig.Medtrans options =
        Json.read(
            """
            {"method": "supervised", "on_bad_image": "fail"}""",
            RunConfig.Medtrans.class);
    RunConfig.DatasetParams dataset =
        new RunConfig.DatasetParams(
            "images", images.folder().toString(), pipeline.views(), List.of(), List.of());
    String id =
        new Preparer(root, ImageLimits.DEFAULT, rounds.threads(), path -> true)
            .prepare(new PrepareSpec(dataset, options), images.listing(), (done, total) -> {})
            .id();
    return PreparedSet.open(new PreparedStore(root).folder(id));
  }
}
