package org.medtransformers.service.event;

import java.time.Instant;
import org.medtransformers.contracts.event.Event;

/**
 * An event that has not had its effect here yet.
 *
 * @param id unique within {@code source}
 * @param time when it happened; null if the sender did not say
 */
public record ReceivedEvent(String id, String source, Instant time, Event data) {}
