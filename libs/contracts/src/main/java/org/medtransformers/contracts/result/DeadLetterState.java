package org.medtransformers.contracts.result;

/** What somebody has done about a dead letter. */
public enum DeadLetterState {
  /** Nothing yet. */
  WAITING,
  /** Its record was sent to its topic again. */
  REPLAYED,
  /** It is not to be sent again. */
  DROPPED
}
