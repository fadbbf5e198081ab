package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.Gateway;

@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class IdempotencyTest {
  private final String key = UUID.randomUUID().toString();

  @Test
  void theSameRequestGivesTheSameExperiment() {
    ObjectNode document = Documents.single("demo");
    ValidatableResponse first = post(key, Json.write(document)).statusCode(201);
    String id = first.extract().path("experiment.id");
    String location = first.extract().header("Location");
    assertEquals(true, location.endsWith(Gateway.EXPERIMENTS + "/" + id), location);
    post(key, Json.pretty(document))
        .statusCode(200)
        .header("Location", location)
        .body("experiment.id", equalTo(id));
  }

  @Test
  void anotherDocumentUnderTheSameKeyIsAConflict() {
    post(key, Json.write(Documents.single("demo"))).statusCode(201);
    post(key, Json.write(Documents.single("other")))
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("CONFLICT"));
  }

  @Test
  void withoutAKeyEveryRequestCounts() {
    ObjectNode document = Documents.single("demo");
    assertNotEquals(Gateway.post(document), Gateway.post(document));
  }

  @Test
  void requestsAtTheSameMomentStartOneExperiment() throws InterruptedException, ExecutionException {
    String body = Json.write(Documents.single("demo"));
    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(clients.submit(() -> post(key, body).extract().path("experiment.id")));
    }
    Set<String> ids = new HashSet<>();
    for (Future<String> answer : answers) {
      ids.add(answer.get());
    }
    clients.shutdown();
    assertEquals(1, ids.size());
  }

  @Test
  void aKeyThatNobodyCanTypeIsRefused() {
    post("x".repeat(256), Json.write(Documents.single("demo")))
        .statusCode(400)
        .body("detail", containsString("255"));
  }

  private static ValidatableResponse post(String key, String body) {
    return given()
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", key)
        .body(body)
        .post(Gateway.EXPERIMENTS)
        .then();
  }
}
