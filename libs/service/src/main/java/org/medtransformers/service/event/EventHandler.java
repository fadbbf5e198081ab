package org.medtransformers.service.event;

/** What a service does about an event: short, and in the transaction that it is called in. */
@FunctionalInterface
public interface EventHandler {
  /**
   * Takes the effect of {@code event}. Throwing a {@code MedtransException} that is not retriable
   * says that the event can never be handled: it goes to the dead-letter topic. After any other
   * exception it is tried again.
   */
  void handle(ReceivedEvent event);
}
