package org.medtransformers.inference;

/** One of a run's checkpoints. */
public enum Which {
  /** By the target metric on the validation split. */
  BEST,
  /** After the last iteration. */
  LAST
}
