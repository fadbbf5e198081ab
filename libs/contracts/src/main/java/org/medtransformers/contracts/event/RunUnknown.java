package org.medtransformers.contracts.event;

/**
 * The workers of {@code stage} know nothing of the run: their command is lost, or what they kept of
 * it. Sent on the event topic of the stage when they are asked.
 */
public record RunUnknown(String runId, Stage stage) implements Event {
  @Override
  public String key() {
    return runId;
  }
}
