package org.medtransformers.service.event;

/** A record is not an event that anybody could handle, now or later. */
final class UnreadableEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableEventException(String message) {
    super(message);
  }
}
