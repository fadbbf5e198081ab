package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonValue;

/** The optimizers, with PyTorch's names and arguments. */
public enum OptimizerType {
  ADAM("Adam"),
  ADAM_W("AdamW"),
  SGD("SGD"),
  RMS_PROP("RMSprop"),
  ADAGRAD("Adagrad");

  private final String label;

  OptimizerType(String label) {
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
