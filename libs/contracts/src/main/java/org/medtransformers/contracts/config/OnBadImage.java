package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an image that cannot be read does, {@code medtrans.on_bad_image}. */
public enum OnBadImage {
  /** Ends the preparing. */
  FAIL,
  /** Is left out. */
  SKIP;

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
