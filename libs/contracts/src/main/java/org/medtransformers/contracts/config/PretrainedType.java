package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How published weights were trained, {@code pretrained_type}. */
public enum PretrainedType {
  SUPERVISED,
  DINO;

  /** The name in the experiment file and in {@code published-weights.json}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return label();
  }
}
