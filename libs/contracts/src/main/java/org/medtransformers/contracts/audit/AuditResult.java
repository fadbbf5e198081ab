package org.medtransformers.contracts.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What came of what somebody wanted to do. */
public enum AuditResult {
  /** It was asked for; another line tells what came of it, unless the gateway was killed. */
  ASKED,
  DONE,
  /** They may not, or what they asked for cannot be. */
  REFUSED,
  FAILED;

  /** In small letters, as in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static AuditResult of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
