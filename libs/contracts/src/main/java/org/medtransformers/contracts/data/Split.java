package org.medtransformers.contracts.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The part of a data set. */
public enum Split {
  TRAIN,
  VAL,
  TEST;

  /** {@code train}, {@code val} or {@code test}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static Split of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
