package org.medtransformers.eval.job;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.batches.BatchStream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.LoaderInfo;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Batch;
import org.medtransformers.learning.Network;
import org.medtransformers.statistics.Predictions;

/** One pass of a network over the test split. */
final class TestPass {
  /** How often a wait for a batch looks up whether to stop. */
  private static final Duration POLL = Duration.ofMillis(100);

  private final Network network;
  private final EvaluationMetrics measurements;
  private final Predictions collected;
  private final PredictionsFile predictions;

  TestPass(Network network, DatasetDescription dataset, EvaluationMetrics measurements) {
    this.network = network;
    this.measurements = measurements;
    this.collected = new Predictions(dataset.task(), dataset.outputs());
    this.predictions = new PredictionsFile(dataset);
  }

  /** Looks at every image; false if it was told to stop before the last one. */
  boolean run(BatchClient client, LoaderInfo loader, BooleanSupplier shouldStop)
      throws InterruptedException {
    try (BatchStream stream = client.stream(loader, 0, loader.batches())) {
      while (stream.hasNext()) {
        if (shouldStop.getAsBoolean()) {
          return false;
        }
        stream.poll(POLL).ifPresent(this::add);
      }
      measurements.evaluated(loader.images(), stream.waited());
      return true;
    }
  }

  Metrics metrics() {
    return collected.metrics();
  }

  PredictionsFile predictions() {
    return predictions;
  }

  private void add(org.medtransformers.batches.Batch served) {
    Batch batch = new Batch(served.views().get(0), served.labels());
    batch.requireLabelsFor(network.spec().outputs());
    Tensor logits = measurements.batch().record(() -> network.evaluate(batch.images()).logits());
    int[] labels = batch.classes();
    collected.add(logits.floats(), labels);
    predictions.add(served.index(), labels, logits);
  }
}
