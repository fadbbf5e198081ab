package org.medtransformers.gateway.experiment;

import java.util.Map;
import java.util.UUID;

/**
 * How far somebody knows of changes.
 *
 * @param transaction all before this one are known
 * @param told of later ones, those that were seen already: the last change of each subject
 */
public record ChangePlace(long transaction, Map<Subject, Long> told) {

  /**
   * What has changed.
   *
   * @param run null where it is the experiment as a whole
   * @param event whether an event tells of it
   */
  public record Subject(UUID experiment, UUID run, boolean event) {}

  /** After all that was done by transactions before {@code transaction}. */
  public static ChangePlace after(long transaction) {
    return new ChangePlace(transaction, Map.of());
  }
}
