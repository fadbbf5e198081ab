package org.medtransformers.contracts.result;

/** Where a run is in its life. */
public enum RunState {
  /** Accepted, nothing done yet. */
  QUEUED(false),
  /** Its data set is being decoded, or waits for it. */
  PREPARING(false),
  /** In a trainer's hands or in their queue. */
  TRAINING(false),
  /** Its best model is being measured on the test split. */
  EVALUATING(false),
  /** For a run that tries a learning rate, also that this learning rate makes training diverge. */
  SUCCEEDED(true),
  FAILED(true),
  CANCELLED(true);

  private final boolean terminal;

  RunState(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether nothing can change any more. */
  public boolean terminal() {
    return terminal;
  }
}
