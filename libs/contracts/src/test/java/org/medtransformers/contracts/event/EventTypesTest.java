package org.medtransformers.contracts.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.EventTypes.EventType;
import org.medtransformers.contracts.result.Metrics;

class EventTypesTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "asyncapi.json");

  @Test
  void everyEventRecordHasExactlyOneVersionedTypeName() {
    Set<Class<?>> records =
        Arrays.stream(Event.class.getPermittedSubclasses())
            .flatMap(c -> c.isSealed() ? Stream.of(c.getPermittedSubclasses()) : Stream.of(c))
            .collect(Collectors.toSet());
    List<EventType> types = EventTypes.all();
    assertEquals(records, types.stream().map(EventType::record).collect(Collectors.toSet()));
    assertEquals(types.size(), types.stream().map(EventType::name).distinct().count());
    types.forEach(t -> assertTrue(t.name().matches("[a-z.-]+\\.v\\d+"), t.name()));
  }

  @Test
  void anEventSurvivesTheWayThroughJson() {
    Metrics metrics =
        new Metrics(
            2,
            0.5,
            0.5,
            0.25,
            0.5,
            1 / 3.0,
            Double.NaN,
            null,
            null,
            null,
            List.of(1.0, 0.0),
            List.of(List.of(1, 0), List.of(1, 0)));
    List<Event> events =
        List.of(
            new TrainingEvent.Validated("r", 2, 1.5, 30, metrics, true, null),
            new TrainingEvent.Failed("r", 1, new ErrorInfo(ErrorCode.TRAINING_DIVERGED, "step 3")),
            new RunCancelRequested("r"));
    events.forEach(e -> assertEquals(e, Json.read(Json.write(e), e.getClass())));
  }

  @Test
  void fieldsOfANewerVersionAreIgnored() {
    assertEquals(
        new RunCancelRequested("r"),
        Json.read("{\"runId\": \"r\", \"reason\": \"new\"}", RunCancelRequested.class));
  }

  @Test
  void aRequestOfBeforeItSaidWhenItHasItsTurnIsRead() {
    TrainingEvent.Requested request =
        Json.read("{\"runId\": \"r\", \"seed\": 7}", TrainingEvent.Requested.class);
    assertEquals(new TrainingEvent.Requested("r", 7, null, null, null, null, null, null), request);
    assertEquals(request, Json.read(Json.write(request), TrainingEvent.Requested.class));
  }

  /**
   * After a change of a record: {@code ./mvnw test -pl libs/contracts -Dmedtrans.write-docs=true}.
   */
  @Test
  void thePublishedPageSaysWhatTheRecordsSay() throws IOException {
    JsonNode expected = AsyncApi.document();
    if (Boolean.getBoolean("medtrans.write-docs")) {
      Files.writeString(PAGE, Json.pretty(expected) + "\n");
    }
    assertTrue(
        expected.equals(Json.parse(Files.readString(PAGE))),
        "docs/asyncapi.json is older than the records; run again with -Dmedtrans.write-docs=true");
  }
}
