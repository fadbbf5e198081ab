package org.medtransformers.contracts.event;

/** Asks whoever works on the run to stop at the next safe point. Sent on each command topic. */
public record RunCancelRequested(String runId) implements Event {
  @Override
  public String key() {
    return runId;
  }
}
