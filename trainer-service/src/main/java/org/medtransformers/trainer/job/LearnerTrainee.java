package org.medtransformers.trainer.job;

import java.util.Optional;
import org.medtransformers.batches.Batch;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.knn.Neighbours;
import org.medtransformers.learning.network.Network;
import org.medtransformers.learning.schedule.Validation;
import org.medtransformers.learning.training.Learner;
import org.medtransformers.learning.training.StepResult;
import org.medtransformers.statistics.Predictions;
import org.medtransformers.trainer.loop.Measured;
import org.medtransformers.trainer.loop.Trainee;

/**
 * A learner that takes batches as the data-service serves them.
 *
 * @param embeddings where those of each validation are drawn; empty where that is not asked for
 */
record LearnerTrainee(
    Learner learner,
    TorchDevice device,
    TrainingEvent.Requested run,
    Optional<EmbeddingLog> embeddings,
    TrainingMetrics meters)
    implements Trainee {
  @Override
  public StepResult learn(Batch batch) {
    meters.alive();
    return meters.step().record(() -> learner.trainStep(readable(batch)));
  }

  @Override
  public void validated(Measured found) {
    Metrics metrics = found.metrics();
    double value = metrics.value(dataset().targetMetric()).orElse(0);
    learner.validated(new Validation(value, metrics.loss()));
  }

  @Override
  public Measurement measure() {
    return new Validating();
  }

  private DatasetDescription dataset() {
    return run.dataset().description();
  }

  private static org.medtransformers.learning.network.Batch readable(Batch batch) {
    return new org.medtransformers.learning.network.Batch(batch.views(), batch.labels());
  }

  /**
   * A pass over the validation split. A network that was trained without labels is known by its
   * neighbours alone.
   */
  private final class Validating implements Measurement {
    private final boolean supervised = run.config().medtrans().supervised();
    private final Predictions predictions = new Predictions(dataset().task(), dataset().outputs());
    private final Predictions votes = new Predictions(dataset().task(), dataset().outputs());
    private final Optional<Neighbours> neighbours =
        run.config().asksNeighbours()
            ? Optional.of(new Neighbours(dataset(), run.config(), device))
            : Optional.empty();
    private final Optional<EmbeddingLog.Picture> picture = embeddings.map(EmbeddingLog::begin);

    @Override
    public void remember(Batch served) {
      meters.alive();
      org.medtransformers.learning.network.Batch whole = readable(served);
      int[] rows = whole.labelledRows();
      if (rows.length > 0) {
        org.medtransformers.learning.network.Batch batch = labelled(whole.rows(rows));
        Network.Outputs outputs = learner.network().evaluate(batch.images());
        neighbours.orElseThrow().remember(outputs.embedding(), batch.classes());
      }
    }

    @Override
    public void add(Batch served) {
      meters.alive();
      org.medtransformers.learning.network.Batch batch = labelled(readable(served));
      Network.Outputs outputs = learner.network().evaluate(batch.images());
      if (supervised) {
        predictions.add(outputs.logits().floats(), batch.classes());
      }
      neighbours.ifPresent(
          n -> votes.addProbabilities(n.ask(outputs.embedding()), batch.classes()));
      picture.ifPresent(p -> p.add(served.index(), batch.classes(), outputs.embedding()));
    }

    private org.medtransformers.learning.network.Batch labelled(
        org.medtransformers.learning.network.Batch batch) {
      batch.requireLabelsFor(dataset().outputs());
      return batch;
    }

    @Override
    public Measured measured() {
      Metrics knn = neighbours.isPresent() ? votes.metrics() : null;
      picture.ifPresent(p -> p.draw(learner.iteration()));
      return supervised ? new Measured(predictions.metrics(), knn) : new Measured(knn, null);
    }

    @Override
    public void close() {
      neighbours.ifPresent(Neighbours::close);
    }
  }
}
