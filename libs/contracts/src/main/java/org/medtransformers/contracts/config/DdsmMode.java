package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which images of DDSM are looked at, {@code medtrans.ddsm.mode}. */
public enum DdsmMode {
  /** Whole mammograms. */
  WHOLE,
  PATCHES;

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
