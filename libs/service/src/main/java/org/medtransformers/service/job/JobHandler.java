package org.medtransformers.service.job;

import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.Event;

/**
 * Does one kind of job. Any bean that implements it is found. A job may be run again from the start
 * or from what an earlier attempt left, so its effects are idempotent.
 */
public interface JobHandler {
  /** The kind of jobs it does. */
  String kind();

  /**
   * Gets ready what the first job would have to wait for, such as a native library. Called on each
   * of the runner's threads before it looks for work, and again, with pauses, for as long as it
   * throws: until then this process takes no jobs and is not ready.
   */
  default void warmUp() throws Exception {}

  /**
   * Does the work, looking at {@link JobContext#shouldStop()} often. Called on the runner's thread.
   *
   * @throws Exception fails the job if it is a {@code MedtransException} that is not retriable;
   *     after any other the job is tried again while the budget of attempts lasts
   */
  Outcome run(JobContext context) throws Exception;

  /** The event that tells that {@code job} has failed for good; sent with the change of state. */
  Event failed(Job job, ErrorInfo error);

  /**
   * The event that tells that {@code job} waits for more than its turn.
   *
   * @param reason what a person has to know; null where it waits no longer
   */
  Event waiting(Job job, String reason);

  /** The event that tells that {@code job} was cancelled while nobody worked on it. */
  Event cancelled(Job job);
}
