package org.medtransformers.tests.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.EventTypes.EventType;
import org.medtransformers.contracts.event.TopicRights;

/**
 * Events may wait in an outbox or a topic while a service is replaced, and services are not
 * replaced at the same moment: what one version sends, those beside it understand.
 */
class EventsOfEarlierReleasesTest {
  static Stream<RecordedEvent> events() throws IOException {
    Stream.Builder<RecordedEvent> all = Stream.builder();
    for (Fixtures release : Fixtures.all()) {
      release.events().forEach(all);
    }
    return all.build();
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsReadWithoutLoss(RecordedEvent event) {
    JsonNode read = Json.tree(read(event, event.data()));
    assertEquals(List.of(), Losses.between(event.data(), read));
  }

  /** A newer version may say more. */
  @ParameterizedTest
  @MethodSource("events")
  void whatAnEventSaysBesidesIsPassedOver(RecordedEvent event) throws Exception {
    Event data = read(event, event.data());
    JsonNode more = event.data().deepCopy();
    addUnknown(more, data);
    assertNotEquals(event.data(), more);
    assertEquals(data, read(event, more));
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventGoesWhereItsReadersAre(RecordedEvent event) {
    EventType type = EventTypes.named(event.type()).orElseThrow();
    assertEquals(event.topic(), type.topic().orElse(event.topic()));
    assertTrue(
        event.headers().keySet().containsAll(Set.of("ce_specversion", "ce_id", "ce_source")));
    TopicRights.speaker(event.topic())
        .ifPresent(speaker -> assertEquals(speaker.source(), event.headers().get("ce_source")));
  }

  private static Event read(RecordedEvent event, JsonNode data) {
    return Json.convert(data, EventTypes.named(event.type()).orElseThrow().record());
  }

  /** Adds a field wherever {@code json} is read as one of our records. */
  private static void addUnknown(JsonNode json, Object value) throws ReflectiveOperationException {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        addUnknown(json.path(i), list.get(i));
      }
    } else if (value instanceof Record && json instanceof ObjectNode object) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        addUnknown(object.path(component.getName()), component.getAccessor().invoke(value));
      }
      object.putObject("saidByANewerVersion").put("more", 1);
    }
  }
}
