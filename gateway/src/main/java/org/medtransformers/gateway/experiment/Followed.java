package org.medtransformers.gateway.experiment;

import java.util.List;

/**
 * News of an experiment.
 *
 * @param lastId of the last event known afterwards
 * @param over whether nothing can follow
 */
public record Followed(List<Item> items, long lastId, boolean over) {

  /**
   * @param id rises with time within the experiment
   * @param type versioned type name
   * @param payload the event's data as JSON
   */
  public record Item(long id, String type, String payload) {}
}
