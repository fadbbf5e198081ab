package org.medtransformers.contracts.tensor;

/** Bytes that are not a safetensors file; the message says what is wrong. */
public final class MalformedSafetensorsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  MalformedSafetensorsException(String message) {
    super("not a valid safetensors file: " + message);
  }

  MalformedSafetensorsException(String message, Throwable cause) {
    super("not a valid safetensors file: " + message, cause);
  }
}
