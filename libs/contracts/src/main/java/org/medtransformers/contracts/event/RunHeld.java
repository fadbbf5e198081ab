package org.medtransformers.contracts.event;

/**
 * The workers of {@code stage} have the run: it waits with them or is at work. Sent on the event
 * topic of the stage when they are asked.
 *
 * @param attempt how often it was taken up so far
 */
public record RunHeld(String runId, Stage stage, int attempt) implements Event {
  @Override
  public String key() {
    return runId;
  }
}
