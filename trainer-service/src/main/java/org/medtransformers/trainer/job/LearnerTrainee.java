package org.medtransformers.trainer.job;

import io.micrometer.core.instrument.Timer;
import org.medtransformers.batches.Batch;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.learning.Learner;
import org.medtransformers.learning.StepResult;
import org.medtransformers.learning.schedule.Validation;
import org.medtransformers.statistics.Predictions;
import org.medtransformers.trainer.loop.Trainee;

/**
 * A learner that takes batches as the data-service serves them.
 *
 * @param target what the schedule hears of a validation, besides the loss
 * @param stepTime of single steps, without the wait for their batch
 */
record LearnerTrainee(Learner learner, Task task, TargetMetric target, Timer stepTime)
    implements Trainee {
  @Override
  public StepResult learn(Batch batch) {
    return stepTime.record(() -> learner.trainStep(readable(batch)));
  }

  @Override
  public Measurement measure() {
    return new Validating(new Predictions(task, outputs()));
  }

  private int outputs() {
    return learner.spec().model().outputs();
  }

  private static org.medtransformers.learning.Batch readable(Batch batch) {
    return new org.medtransformers.learning.Batch(batch.views().get(0), batch.labels());
  }

  /** A pass over the validation split; its end is made known to the schedule. */
  private final class Validating implements Measurement {
    private final Predictions predictions;

    Validating(Predictions predictions) {
      this.predictions = predictions;
    }

    @Override
    public void add(Batch served) {
      org.medtransformers.learning.Batch batch = readable(served);
      batch.requireLabelsFor(outputs());
      predictions.add(
          learner.network().evaluate(batch.images()).logits().floats(), batch.classes());
    }

    @Override
    public Metrics metrics() {
      Metrics metrics = predictions.metrics();
      learner.validated(new Validation(metrics.value(target).orElse(0), metrics.loss()));
      return metrics;
    }
  }
}
