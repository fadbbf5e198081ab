package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the loss weighs the classes, {@code medtrans.class_weights}. */
public enum ClassWeights {
  NONE,
  /** By the inverse of how often each is seen. */
  BALANCED;

  /** The name in the experiment file. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return label();
  }
}
