package org.medtransformers.contracts.comparison;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a comparison is to answer. */
public enum Question {
  /** CNN or transformer first; then, as far as the time goes, with which beginning. */
  ALL,
  /** CNN or transformer, both from first weights. */
  ARCHITECTURE;

  /** As requests have it. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
