package org.medtransformers.contracts.event;

/**
 * When a command has its turn among others of its kind, and what came before it.
 *
 * @param experimentId experiments are served in turn; null where the sender does not know
 * @param priority higher ones go first
 * @param attempt the last attempt of this stage that was heard of, 0 for none: those that follow
 *     count on from there, so that none of before is taken for one of them
 * @param resumedAfter the attempt that the run's attempts count on from since it was last resumed,
 *     0 where it never was; a job of before begins anew
 */
public record WorkOrder(String experimentId, int priority, int attempt, int resumedAfter) {
  /** Of a sender that knows nothing of all this. */
  public static final WorkOrder NONE = new WorkOrder(null, 0, 0, 0);
}
