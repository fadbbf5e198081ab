package org.medtransformers.contracts.data;

/** Number of images in each part. */
public record SplitSizes(int train, int val, int test) {

  /** The number of images of {@code split}. */
  public int of(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VAL -> val;
      case TEST -> test;
    };
  }
}
