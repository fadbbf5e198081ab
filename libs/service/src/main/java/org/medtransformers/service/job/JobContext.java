package org.medtransformers.service.job;

import org.medtransformers.contracts.event.Event;

/** What a handler knows of the job it works on, and the only way it may write about it. */
public interface JobContext {
  Job job();

  /** Whether somebody asked to cancel: stop at the next safe point and return cancelled. */
  boolean cancelled();

  /** Whether the service shuts down: checkpoint and return released. */
  boolean stopping();

  /** Whether somebody else may have the job by now: stop; nothing that is written counts. */
  boolean leaseLost();

  /** Whether there is any reason to return soon. */
  default boolean shouldStop() {
    return cancelled() || stopping() || leaseLost();
  }

  /**
   * Runs {@code writes} in a transaction that holds only while the job is the caller's. While the
   * database is away or refuses, they wait, and are done again, until there is a reason to stop.
   *
   * @param writes may be done again after they were rolled back
   * @throws LeaseLostException if it is not; nothing was written
   */
  void inTransaction(Runnable writes);

  /**
   * Sends {@code events} in such a transaction.
   *
   * @throws LeaseLostException if the job is somebody else's; nothing was sent
   */
  void emit(Event... events);

  /**
   * Notes how far this attempt is, for the error of a job whose process dies with it.
   *
   * @param where such as {@code "image 7 of 30"}
   * @throws LeaseLostException if the job is somebody else's
   */
  void reached(String where);

  /**
   * Notes that this attempt got further than the ones before, e.g. to a new checkpoint: the budget
   * of attempts starts anew.
   *
   * @throws LeaseLostException if the job is somebody else's
   */
  void progressed();
}
