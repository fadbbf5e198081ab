package org.medtransformers.gateway.lifecycle;

import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.EventTypes;

/** An event to send, and where. */
public record Outgoing(String topic, Event event) {

  /** {@code event} on the one topic of its type. */
  static Outgoing of(Event event) {
    return new Outgoing(EventTypes.of(event.getClass()).topic().orElseThrow(), event);
  }
}
