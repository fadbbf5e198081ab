package org.medtransformers.eval.job;

import org.medtransformers.contracts.config.RunConfig;

/** Something that is measured of a model where the run's file asks for it. */
interface EvaluationPart {
  /** Whether {@code options} ask for it. */
  boolean wanted(RunConfig.Evaluation options);

  /**
   * Measures.
   *
   * @param findings take what was found
   * @throws StoppedException if told to stop before the end
   * @throws InterruptedException if the thread is interrupted while waiting for images
   */
  void measure(Subject subject, Findings findings) throws InterruptedException;
}
