package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which norm DINO clips gradients by, {@code medtrans.dino.clip_mode}. */
public enum ClipMode {
  /** That of all gradients together. */
  TOTAL,
  /** Each gradient's own, as in the authors' program. */
  PER_PARAMETER;

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
