package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonValue;

/** The learning-rate schedulers, by PyTorch's names where it has them. */
public enum SchedulerType {
  LINEAR_WARMUP("LinearWarmup"),
  COSINE_ANNEALING("CosineAnnealingLR"),
  MULTI_STEP("MultiStepLR"),
  REDUCE_ON_PLATEAU("ReduceLROnPlateau"),
  ONE_CYCLE("OneCycleLR");

  private final String label;

  SchedulerType(String label) {
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
