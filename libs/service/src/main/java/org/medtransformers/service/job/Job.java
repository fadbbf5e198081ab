package org.medtransformers.service.job;

import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorInfo;

/**
 * A row of the job table.
 *
 * @param runId with {@code kind} its identity
 * @param kind what is to be done, e.g. {@code train}
 * @param payload JSON, as submitted
 * @param attempt how often it was claimed; grows with each claim and tells holders apart
 * @param spent claims since the last progress that were not given back in order
 * @param maxAttempts {@code spent} at which it is given up
 * @param deaths attempts since the last progress in which the process ended that did it
 * @param reached how far the last attempt to say so was; null where none did
 * @param error what the last attempt ended with; null if none failed
 * @param traceparent what it is done for; null where nothing is traced
 */
public record Job(
    String runId,
    String kind,
    String payload,
    JobState state,
    String owner,
    int attempt,
    int spent,
    int maxAttempts,
    int deaths,
    String reached,
    boolean cancelRequested,
    ErrorInfo error,
    String traceparent) {

  /** The payload as the record that was submitted. */
  public <T> T payload(Class<T> type) {
    return Json.read(payload, type);
  }
}
