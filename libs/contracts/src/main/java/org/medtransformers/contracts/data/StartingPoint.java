package org.medtransformers.contracts.data;

/**
 * The model that a training begins with, as it was found when the run was accepted.
 *
 * @param runId of the run that trained it; null where a file does not say
 * @param path of a checkpoint's folder or of a weight file, or for {@link Use#SESSION} of the run's
 *     folder: relative to the artifact root, or absolute
 * @param sha256 of the weight file; null where it lies in a checkpoint, which has checksums
 */
public record StartingPoint(Use use, String runId, String path, String sha256) {

  /** What is taken over. */
  public enum Use {
    /** All but the head. */
    BACKBONE,
    /** The whole network. */
    NETWORK,
    /** Network, optimizer, place in the schedule and the best model so far. */
    SESSION
  }
}
