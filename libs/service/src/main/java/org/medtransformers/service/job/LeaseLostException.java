package org.medtransformers.service.job;

/** Another instance has the job, or it has ended. Whoever sees this stops without writing more. */
public final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLostException(Job job) {
    super(
        "attempt %d of %s %s is no longer the current one"
            .formatted(job.attempt(), job.kind(), job.runId()));
  }
}
