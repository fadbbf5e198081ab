package org.medtransformers.service.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.EventTypes;

/**
 * An event that told of the end of a job, as it is kept to be told again.
 *
 * @param type its versioned name
 * @param data its fields
 */
@RegisterForReflection
record Told(String type, JsonNode data) {

  static String write(List<Event> events) {
    return Json.write(events.stream().map(Told::of).toList());
  }

  static List<Event> read(String text) {
    return Stream.of(Json.read(text, Told[].class)).map(Told::event).toList();
  }

  private static Told of(Event event) {
    return new Told(EventTypes.of(event.getClass()).name(), Json.tree(event));
  }

  private Event event() {
    return Json.convert(data, EventTypes.named(type).orElseThrow().record());
  }
}
