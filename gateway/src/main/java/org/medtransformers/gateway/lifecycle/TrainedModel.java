package org.medtransformers.gateway.lifecycle;

import org.medtransformers.contracts.data.DatasetDescription;

/**
 * A model that an earlier run has left.
 *
 * @param runId of the run that trained it
 * @param checkpoint its folder, relative to the artifact root
 * @param trainedOn the data that it knows
 */
public record TrainedModel(String runId, String checkpoint, DatasetDescription trainedOn) {

  /** Whether its inputs and outputs mean the same on {@code dataset}. */
  boolean fits(DatasetDescription dataset) {
    return trainedOn.task() == dataset.task()
        && trainedOn.channels() == dataset.channels()
        && trainedOn.classes().equals(dataset.classes());
  }
}
