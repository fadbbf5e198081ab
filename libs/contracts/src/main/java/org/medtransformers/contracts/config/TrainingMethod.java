package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a network learns from, {@code medtrans.method}. */
public enum TrainingMethod {
  /** Labels; all others look at views of the images alone. */
  SUPERVISED("supervised"),
  DINO("DINO"),
  BYOL("BYOL"),
  SIMSIAM("SimSiam");

  private final String displayName;

  TrainingMethod(String displayName) {
    this.displayName = displayName;
  }

  /** The name in the experiment file. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What tables call it. */
  public String displayName() {
    return displayName;
  }

  /** Whether labels are learned from, rather than views of the images alone. */
  public boolean supervised() {
    return this == SUPERVISED;
  }

  @Override
  public String toString() {
    return label();
  }
}
