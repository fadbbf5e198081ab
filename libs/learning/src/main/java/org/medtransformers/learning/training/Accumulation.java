package org.medtransformers.learning.training;

/**
 * How many batches make an update. A group never reaches over the end of an epoch: its last group
 * may have fewer.
 *
 * @param batches per update
 * @param batchesPerEpoch of the training
 */
public record Accumulation(int batches, int batchesPerEpoch) {
  /** An update per batch. */
  public static final Accumulation NONE = new Accumulation(1, 1);

  public Accumulation {
    if (batches < 1 || batchesPerEpoch < 1) {
      throw new IllegalArgumentException(batches + " batches, " + batchesPerEpoch + " per epoch");
    }
  }

  /** Whether gradients are gathered at all. */
  boolean gathers() {
    return batches > 1;
  }

  /** Whether an update follows batch {@code iteration}, counted from 1. */
  boolean updatesAfter(long iteration) {
    long inEpoch = (iteration - 1) % batchesPerEpoch + 1;
    return inEpoch % batches == 0 || inEpoch == batchesPerEpoch;
  }

  /** What the learning-rate schedule counts. */
  int updatesPerEpoch() {
    return (batchesPerEpoch + batches - 1) / batches;
  }
}
