package org.medtransformers.trainer.loop;

import org.medtransformers.batches.Batch;
import org.medtransformers.learning.training.StepResult;

/** What learns, as the loop sees it. */
public interface Trainee {
  /** Learns from one batch: the next iteration. */
  StepResult learn(Batch batch);

  /** Hears what the validation after the last iteration has found: schedules may go by it. */
  void validated(Measured found);

  /** Begins to measure the network as it is now. */
  Measurement measure();

  /** One pass over the feature bank, where there is one, and then over the validation split. */
  interface Measurement extends AutoCloseable {
    /** A batch of the feature bank. */
    void remember(Batch batch);

    /** A batch of the validation split. */
    void add(Batch batch);

    /** Of all batches that were added. */
    Measured measured();

    @Override
    void close();
  }
}
