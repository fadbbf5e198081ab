package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonValue;

/** How the images are divided, {@code medtrans.split.kind}. */
public enum SplitKind {
  /** As the data set brings it along or the published reference divides it. */
  SEED_COMPATIBLE("seed-compatible"),
  /** By shares, a patient or lesion in one part. */
  GROUPED("grouped"),
  /** One round of a cross-validation, grouped likewise. */
  KFOLD("kfold");

  private final String label;

  SplitKind(String label) {
    this.label = label;
  }

  /** The name in the experiment file. */
  @JsonValue
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label();
  }
}
