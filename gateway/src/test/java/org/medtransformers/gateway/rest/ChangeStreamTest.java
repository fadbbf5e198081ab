package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.gateway.fakes.ServerSentEvents;
import org.medtransformers.gateway.fakes.ServerSentEvents.Message;

/** What changes, as a stream for pages. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class ChangeStreamTest {
  private static final String EVENTS = "/api/v1/events";

  @Test
  void aPageHearsHowAnExperimentAndItsRunsEnd() throws IOException, InterruptedException {
    try (ServerSentEvents events = ServerSentEvents.open(EVENTS, null)) {
      Message first = events.next();
      assertEquals("reset", first.name());
      assertNotNull(first.id());
      String id = Gateway.post(Documents.comparison("demo"));
      List<JsonNode> runs = new ArrayList<>();
      JsonNode experiment = null;
      Message m;
      // What is told at one look ends with its place; of those, the experiment is the first.
      do {
        m = events.next();
        JsonNode data = m.name() == null ? null : Json.parse(m.data());
        if ("run.changed".equals(m.name()) && id.equals(data.path("experimentId").asText())) {
          runs.add(data);
        } else if ("experiment.changed".equals(m.name()) && id.equals(data.path("id").asText())) {
          experiment = data;
        }
      } while (!over(experiment) || m.id() == null);
      assertEquals(
          Json.parse(
              "{\"id\":\"%s\",\"state\":\"SUCCEEDED\",\"counts\":{\"SUCCEEDED\":4},\"progress\":1.0}"
                  .formatted(id)),
          experiment);
      assertEquals(4, runs.stream().map(r -> r.path("id").asText()).distinct().count());
    }
  }

  private static boolean over(JsonNode experiment) {
    return experiment != null && experiment.path("state").asText().equals("SUCCEEDED");
  }

  @Test
  void whoWasCutOffHearsWhatIsNowOfEachThatChangedMeanwhileAndOnlyOnce()
      throws IOException, InterruptedException {
    String last;
    try (ServerSentEvents events = ServerSentEvents.open(EVENTS, null)) {
      last = events.next().id();
    }
    String id = Gateway.post(Documents.comparison("demo"));
    Gateway.ended(id);
    for (String query : List.of("", "&after=0")) {
      try (ServerSentEvents events =
          ServerSentEvents.open(EVENTS + "?experiment=" + id + query, last)) {
        List<Message> heard = new ArrayList<>();
        while (heard.isEmpty() || heard.get(heard.size() - 1).id() == null) {
          heard.add(events.next());
        }
        assertEquals("experiment.changed", heard.get(0).name());
        assertEquals(5, heard.size());
        for (Message run : heard.subList(1, 5)) {
          assertEquals("run.changed", run.name());
          assertEquals("SUCCEEDED", Json.parse(run.data()).path("state").asText());
        }
        // Nothing of it comes again: the next is a sign of life, with the place it has come to.
        Message alive = events.next();
        assertNull(alive.name());
        assertTrue(Long.parseLong(alive.id()) >= Long.parseLong(heard.get(4).id()));
      }
    }
  }

  @Test
  void onlyTheExperimentThatIsAskedForIsTold() throws IOException, InterruptedException {
    String held = Gateway.post(Documents.single(FakeTraining.HOLD));
    try (ServerSentEvents events = ServerSentEvents.open(EVENTS + "?experiment=" + held, null)) {
      events.next();
      String other = Gateway.post(Documents.single("demo"));
      Gateway.ended(other);
      given().post(Gateway.EXPERIMENTS + "/" + held + "/cancel").then().statusCode(202);
      Message message = events.next();
      while (!message.data().contains("CANCELLED")) {
        assertTrue(!message.data().contains(other), message::toString);
        message = events.next();
      }
    }
  }

  @Test
  void anExperimentThatIsDeletedIsGoneForWhoHearsOfItLaterToo()
      throws IOException, InterruptedException {
    String id = Gateway.post(Documents.single("demo"));
    Gateway.ended(id);
    String last;
    try (ServerSentEvents events = ServerSentEvents.open(EVENTS, null)) {
      last = events.next().id();
    }
    given().delete(Gateway.EXPERIMENTS + "/" + id).then().statusCode(204);
    try (ServerSentEvents events = ServerSentEvents.open(EVENTS, last)) {
      Message message = events.next();
      while (!"experiment.deleted".equals(message.name())) {
        message = events.next();
      }
      assertEquals("{\"id\":\"" + id + "\"}", message.data());
    }
  }

  @Test
  void anUnknownExperimentOrPlaceIsNamed() {
    String unknown = UUID.randomUUID().toString();
    given()
        .get(EVENTS + "?experiment=" + unknown)
        .then()
        .statusCode(404)
        .body("detail", equalTo("there is no experiment " + unknown));
    given()
        .get(EVENTS + "?after=-1")
        .then()
        .statusCode(400)
        .body("detail", containsString("must be an event id"));
  }
}
