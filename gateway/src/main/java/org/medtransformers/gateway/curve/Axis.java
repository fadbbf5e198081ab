package org.medtransformers.gateway.curve;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** By what a curve is drawn. */
public enum Axis {
  ITERATION,
  EPOCH,
  /** Since the training began for the first time, interruptions included. */
  SECONDS;

  /** The axis called {@code key}, which is one. */
  public static Axis of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }

  /** As REST has it. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
