package org.medtransformers.contracts.event;

/**
 * Asks the workers of a stage what they know of the run: they tell its end again where it has one
 * with them, else {@link RunHeld} or {@link RunUnknown}. Sent on the command topic of the stage.
 *
 * @param resumedAfter as in its {@link WorkOrder}: what they know of before does not count
 */
public record RunInquired(String runId, int resumedAfter) implements Event {
  @Override
  public String key() {
    return runId;
  }
}
