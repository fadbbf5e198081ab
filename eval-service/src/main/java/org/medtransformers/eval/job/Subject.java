package org.medtransformers.eval.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.batches.BatchStream;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.cost.Pace;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.cost.PaceMeter;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.model.NetworkSize;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.network.Network;
import org.medtransformers.statistics.Predictions;

/**
 * The model that is evaluated and the images it is evaluated on. Each split is looked at once,
 * under the test transforms, however many parts of the evaluation ask for it.
 */
final class Subject {
  /** How often a wait for a batch looks up whether to stop. */
  private static final Duration POLL = Duration.ofMillis(100);

  private final EvaluationEvent.Requested request;
  private final Network network;
  private final TorchDevice device;
  private final BatchClient client;
  private final EvaluationMetrics measurements;
  private final BooleanSupplier shouldStop;
  private final Map<Split, SplitOutputs> seen = new EnumMap<>(Split.class);
  private final PaceMeter pace = new PaceMeter();
  private NetworkSize size;

  Subject(
      EvaluationEvent.Requested request,
      Network network,
      TorchDevice device,
      BatchClient client,
      EvaluationMetrics measurements,
      BooleanSupplier shouldStop) {
    this.request = request;
    this.network = network;
    this.device = device;
    this.client = client;
    this.measurements = measurements;
    this.shouldStop = shouldStop;
  }

  RunConfig config() {
    return request.config();
  }

  RunConfig.Evaluation options() {
    return request.config().medtrans().evaluation();
  }

  PreparedDataset dataset() {
    return request.dataset();
  }

  DatasetDescription description() {
    return request.dataset().description();
  }

  Network network() {
    return network;
  }

  TorchDevice device() {
    return device;
  }

  /**
   * Throws {@link StoppedException} where there is a reason to stop; to be called now and then in
   * long computations.
   */
  void stopIfTold() {
    if (shouldStop.getAsBoolean()) {
      throw new StoppedException();
    }
  }

  /**
   * What the network says of {@code split}; of one that was trained without labels it is embeddings
   * alone.
   *
   * @throws StoppedException if told to stop before the last image
   * @throws InterruptedException if the thread is interrupted while waiting
   */
  SplitOutputs outputs(Split split) throws InterruptedException {
    if (!seen.containsKey(split)) {
      seen.put(split, look(split));
    }
    return seen.get(split);
  }

  /** How fast the network has gone through the images that it was evaluated on. */
  Pace pace() {
    return pace.pace();
  }

  /** Of the network, for images of the size that it was evaluated on. */
  NetworkSize size() {
    return size;
  }

  /** The loader of {@code split}, see {@link LoaderSpec#ofEvaluation}. */
  LoaderInfo loader(Split split) throws InterruptedException {
    return client.register(LoaderSpec.ofEvaluation(config(), dataset().id(), split), shouldStop);
  }

  /** To collect what a classifier says of this data set's images. */
  Predictions noPredictions() {
    return new Predictions(description().task(), description().outputs());
  }

  /**
   * One image as the network sees it, F32 [1, channels, height, width].
   *
   * @param loader as of {@link #loader}
   * @param position of the image in the split, from 0
   */
  Tensor view(LoaderInfo loader, int position) throws InterruptedException {
    int number = position / loader.spec().batchSize();
    try (BatchStream stream = client.stream(loader, number, number + 1L)) {
      while (true) {
        stopIfTold();
        var served = stream.poll(POLL);
        if (served.isPresent()) {
          return served.get().views().get(0).rows(position % loader.spec().batchSize());
        }
      }
    }
  }

  private SplitOutputs look(Split split) throws InterruptedException {
    LoaderInfo loader = loader(split);
    List<DatasetImage> images = client.images(dataset().id(), split, shouldStop);
    SplitOutputs outputs = new SplitOutputs(noPredictions());
    int next = 0;
    Duration waited = Duration.ZERO;
    try (BatchStream stream = client.stream(loader, 0, loader.batches())) {
      while (stream.hasNext()) {
        stopIfTold();
        var served = stream.poll(POLL);
        if (served.isPresent()) {
          requireSame(images, next, served.get().index().longs());
          List<DatasetImage> shown = images.subList(next, next + served.get().images());
          next += shown.size();
          Batch batch = new Batch(served.get().views().get(0), served.get().labels());
          Pass pass = add(batch, shown, outputs);
          if (split == options().split()) {
            Duration before = waited;
            waited = stream.waited();
            Duration forBatch = waited.minus(before);
            pace.add(pass.images(), forBatch, pass.taken().plus(forBatch));
          }
        }
      }
      measurements.evaluated(loader.images(), stream.waited());
    }
    return outputs;
  }

  /** How many images the network has seen, and how long it took. */
  private record Pass(int images, Duration taken) {}

  /** Of images without a label nothing can be measured; only a training without labels has some. */
  private Pass add(Batch batch, List<DatasetImage> images, SplitOutputs outputs) {
    int[] rows = batch.labelledRows();
    if (rows.length == 0) {
      return new Pass(0, Duration.ZERO);
    }
    Batch labelled = batch.rows(rows);
    labelled.requireLabelsFor(description().outputs());
    size = NetworkSize.of(network.spec(), labelled.images());
    long start = System.nanoTime();
    Network.Outputs found = measurements.batch().record(() -> network.evaluate(labelled.images()));
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    outputs.add(
        Arrays.stream(rows).mapToObj(images::get).toList(), found.embedding(), labelled.classes());
    if (config().medtrans().supervised()) {
      outputs.predictions().add(found.logits().floats(), labelled.classes());
    }
    return new Pass(rows.length, taken);
  }

  /** A prediction under another image's name would be a wrong number that nobody sees. */
  private static void requireSame(List<DatasetImage> images, int from, long[] served) {
    for (int i = 0; i < served.length; i++) {
      if (from + i >= images.size() || images.get(from + i).index() != served[i]) {
        throw MedtransException.of(
            ErrorCode.INTERNAL,
            "the data-service serves image %d where its list has another".formatted(served[i]));
      }
    }
  }
}
