package org.medtransformers.contracts.audit;

/** An answer that may tell of what would be done, with nothing changed. */
public interface Rehearsal {
  /** Whether nothing was changed. */
  boolean dryRun();
}
