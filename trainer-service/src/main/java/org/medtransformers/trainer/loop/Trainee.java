package org.medtransformers.trainer.loop;

import org.medtransformers.batches.Batch;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.learning.StepResult;

/** What learns, as the loop sees it. */
public interface Trainee {
  /** Learns from one batch: the next iteration. */
  StepResult learn(Batch batch);

  /** Begins to measure the network as it is now. */
  Measurement measure();

  /** One pass over the validation split. */
  interface Measurement {
    void add(Batch batch);

    /** Of all batches that were added. */
    Metrics metrics();
  }
}
