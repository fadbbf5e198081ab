package org.medtransformers.service.job;

import java.util.List;
import org.medtransformers.contracts.event.Event;

/** How an attempt ended, short of an exception. Events are sent with the change of state. */
public sealed interface Outcome {
  /** The work is done. */
  record Done(List<Event> events) implements Outcome {}

  /** It was stopped because somebody asked to cancel. */
  record Cancelled(List<Event> events) implements Outcome {}

  /** It was stopped because the service shuts down; the next instance goes on. */
  record Released() implements Outcome {}

  static Outcome done(Event... events) {
    return new Done(List.of(events));
  }

  static Outcome cancelled(Event... events) {
    return new Cancelled(List.of(events));
  }

  static Outcome released() {
    return new Released();
  }
}
