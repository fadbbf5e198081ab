package org.medtransformers.parity;

import com.fasterxml.jackson.databind.JsonNode;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** What can be wrong with a case itself. */
final class Mistakes {
  private static final int SHOWN = 80;

  private Mistakes() {}

  /** The value at {@code path} is not what the format allows. */
  static MedtransException wrong(String path, JsonNode found, String allowed) {
    String text = found.isMissingNode() ? "nothing" : found.toString();
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return invalid(path + ": found " + shown + ", allowed is " + allowed);
  }

  static MedtransException invalid(String message) {
    return MedtransException.of(ErrorCode.INVALID_REQUEST, message);
  }
}
