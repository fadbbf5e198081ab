package org.medtransformers.learning.weights;

/** Bytes that are no weight file, or none that is read here; the message says why. */
final class UnreadableWeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableWeightsException(String message) {
    super(message);
  }
}
