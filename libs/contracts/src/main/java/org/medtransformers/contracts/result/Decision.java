package org.medtransformers.contracts.result;

import com.fasterxml.jackson.annotation.JsonValue;

/** What may be said of two models, the firmest first. */
public enum Decision {
  FIRST_BETTER("first_better"),
  SECOND_BETTER("second_better"),
  EQUIVALENT("equivalent"),
  /** The interval leaves zero out, but that is no more than chance among so many tests. */
  UNCORRECTED("undecided_after_correction"),
  UNDECIDED("undecided"),
  INCOMPARABLE("incomparable");

  private final String key;

  Decision(String key) {
    this.key = key;
  }

  /** As JSON and CSV write it. */
  @JsonValue
  public String key() {
    return key;
  }
}
