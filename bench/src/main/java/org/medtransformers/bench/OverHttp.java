package org.medtransformers.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.medtransformers.batches.Batch;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.batches.BatchSettings;
import org.medtransformers.batches.BatchStream;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.files.Disk;
import org.medtransformers.imaging.batch.Batcher;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.localstack.LocalStack;
import org.medtransformers.localstack.StackState;
import org.medtransformers.localstack.StandardLayout;
import org.medtransformers.tokens.PeerKey;
import org.medtransformers.tokens.PeerToken.About;
import org.medtransformers.tokens.PeerTokens;

/**
 * Times the way of batches over HTTP: a data-service of its own, in a temporary folder, makes them
 * on {@code threads} threads and the trainer's client fetches them, some epochs in turn with the
 * same batches made on as many threads of this process.
 *
 * @param checkout where the data-service is built
 */
record OverHttp(Path checkout, ImageFolder images, int batch, int threads, int rounds) {
  /** Rounds of both in which the virtual machines compile the code. */
  private static final int WARM_UP = 1;

  /** A trainer has one stream from the first batch to the last, not one per epoch. */
  private static final int EPOCHS_PER_ROUND = 4;

  private static final String SERVICE = "data-service";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** As in a trainer. */
  private static final int PREFETCH = 4;

  /**
   * @param inProcess images per second of the fastest round made in this process
   * @param overHttp images per second of the fastest round that was fetched
   */
  record Rates(
      String peer,
      String pipeline,
      int images,
      int batch,
      int threads,
      @JsonProperty("in_process_images_per_s") double inProcess,
      @JsonProperty("images_per_s") double overHttp,
      double ratio) {}

  Rates measure() throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("medtrans-bench-");
    try {
      PreparedSet set = images.prepared(home.resolve("datasets"), Pipeline.SUPERVISED, threads);
      LoaderSpec loader =
          new LoaderSpec(
              set.dataset().id(), Split.TRAIN, Pipeline.SUPERVISED.views(), batch, true, false, 0);
      return measure(new Batcher(set, loader), start(home), credentials(home));
    } finally {
      LocalStack.stop(home);
      new Disk().delete(home);
    }
  }

  private URI start(Path home) {
    StackState stack =
        LocalStack.start(
            StandardLayout.of(home, checkout, OptionalInt.empty(), 1, Topics.all())
                .only(SERVICE)
                .with(Map.of("MEDTRANS_DATA_BATCH_THREADS", String.valueOf(threads)))
                .ownedByThisProcess(),
            progress -> {});
    return stack.part(SERVICE).orElseThrow().url();
  }

  private Rates measure(Batcher batcher, URI service, BatchClient.Credentials credentials)
      throws InterruptedException {
    BatchClient client = new BatchClient(settings(service, PREFETCH), Map::of, credentials);
    LoaderInfo loader = client.register(batcher.info().spec(), () -> false);
    double inProcess = 0;
    double overHttp = 0;
    int batches = EPOCHS_PER_ROUND * loader.batches();
    for (int round = 0; round < WARM_UP + rounds; round++) {
      long from = (long) round * batches;
      long to = from + batches;
      double made = imagesPerSecond(made(batcher, service, from, to));
      double fetched = imagesPerSecond(client.stream(loader, from, to));
      if (round >= WARM_UP) {
        inProcess = Math.max(inProcess, made);
        overHttp = Math.max(overHttp, fetched);
      }
    }
    return new Rates(
        ImageRate.OURS,
        Pipeline.SUPERVISED.label(),
        loader.images(),
        batch,
        threads,
        Math.round(10 * inProcess) / 10.0,
        Math.round(10 * overHttp) / 10.0,
        Math.round(1000 * overHttp / inProcess) / 1000.0);
  }

  /** As a trainer shows them. */
  private static BatchClient.Credentials credentials(Path home) {
    PeerTokens trainer =
        new PeerTokens(
            PeerKey.read(LocalStack.serviceKey(home)), ServiceName.TRAINER, Clock.systemUTC());
    return loader ->
        Map.of(
            "Authorization",
            "Bearer " + trainer.to(ServiceName.DATA, new About(Optional.empty(), loader)));
  }

  /** The stream that a client gives, but of batches made here. */
  private BatchStream made(Batcher batcher, URI service, long from, long to) {
    int batches = batcher.info().batches();
    return new BatchStream(
        p -> Batch.of(batcher.batch((int) (p / batches), (int) (p % batches))),
        settings(service, threads),
        from,
        to);
  }

  private static double imagesPerSecond(BatchStream stream) throws InterruptedException {
    long start = System.nanoTime();
    int images = 0;
    try (stream) {
      while (stream.hasNext()) {
        images += stream.poll(PATIENCE).orElseThrow().images();
      }
    }
    return images / ((System.nanoTime() - start) / 1e9);
  }

  private static BatchSettings settings(URI service, int prefetch) {
    return new BatchSettings(
        List.of(service), prefetch, 192L << 20, PATIENCE, PATIENCE, Integer.MAX_VALUE);
  }
}
