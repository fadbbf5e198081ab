package org.medtransformers.service.event;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.EventTypes.EventType;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.trace.Tracing;

/**
 * Where events are put to be sent. Call it in the transaction of the change that the event tells
 * of: either both happen or neither. {@link OutboxRelay} sends soon after the commit.
 */
@Singleton
public final class Outbox {
  private static final String INSERT =
      "INSERT INTO outbox (event_id, source, type, topic, event_key, data, traceparent)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String WAITS = "SELECT EXISTS (SELECT 1 FROM outbox WHERE type = ?)";

  private final Database database;
  private final OutboxSignal signal;
  private final Tracing tracing;
  private final String source;

  Outbox(
      Database database,
      OutboxSignal signal,
      Tracing tracing,
      @ConfigProperty(name = "quarkus.application.name") String application) {
    this.database = database;
    this.signal = signal;
    this.tracing = tracing;
    this.source = ServiceName.sourceOf(application);
  }

  /**
   * Appends {@code event} for the topic of its type.
   *
   * @throws IllegalStateException outside a transaction
   */
  public void append(Event event) {
    EventType type = EventTypes.of(event.getClass());
    append(
        type.topic()
            .orElseThrow(
                () -> new IllegalArgumentException(type.name() + " has no topic of its own")),
        event);
  }

  /**
   * Whether an event of this type waits to be sent: no longer than a moment while there is a
   * broker.
   */
  public boolean waits(Class<? extends Event> event) {
    return database.query(WAITS, row -> row.getBoolean(1), EventTypes.of(event).name()).get(0);
  }

  /** Appends {@code event} for {@code topic}, as a cancel request needs it. */
  public void append(String topic, Event event) {
    if (!database.inActiveTransaction()) {
      throw new IllegalStateException("an event belongs in the transaction of what it tells of");
    }
    database.update(
        INSERT,
        UUID.randomUUID().toString(),
        source,
        EventTypes.of(event.getClass()).name(),
        topic,
        event.key(),
        Json.write(event),
        tracing.current());
    database.afterCommit(signal::raise);
  }
}
