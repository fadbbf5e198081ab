package org.medtransformers.gateway.lifecycle;

import org.medtransformers.contracts.data.DatasetDescription;

/**
 * A model that an earlier run has left.
 *
 * @param runId of the run that trained it
 * @param checkpoint its folder or weight file: relative to the artifact root, or absolute
 * @param weightsSha256 of the weight file; null where it lies in a checkpoint, which has checksums
 * @param trainedOn the data that it knows
 */
public record TrainedModel(
    String runId, String checkpoint, String weightsSha256, DatasetDescription trainedOn) {

  /** Whether its inputs and outputs mean the same on {@code dataset}. */
  boolean fits(DatasetDescription dataset) {
    return trainedOn.task() == dataset.task()
        && trainedOn.channels() == dataset.channels()
        && trainedOn.classes().equals(dataset.classes());
  }
}
