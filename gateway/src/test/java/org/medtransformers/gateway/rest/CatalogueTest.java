package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.Gateway;

/** Experiments are found again by what they are and what people say of them. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class CatalogueTest {
  private static String named(String name) {
    String id = Gateway.post(Documents.with(Documents.comparison("demo"), "experiment.name", name));
    Gateway.ended(id);
    return id;
  }

  private static ValidatableResponse change(String id, Map<String, ?> change) {
    return given()
        .contentType(ContentType.JSON)
        .body(Json.write(change))
        .patch(Gateway.EXPERIMENTS + "/" + id)
        .then();
  }

  private static ValidatableResponse list(String name, Object value) {
    RequestSpecification request = given().queryParam("size", 100).queryParam(name, value);
    return request.get(Gateway.EXPERIMENTS).then().statusCode(200);
  }

  @Test
  void anExperimentIsListedWithItsRunsByState() {
    String id = named("counted runs");
    given()
        .get(Gateway.EXPERIMENTS + "/" + id + "/summary")
        .then()
        .statusCode(200)
        .body("name", equalTo("counted runs"))
        .body("state", equalTo("SUCCEEDED"))
        .body("runs", equalTo(Map.of("SUCCEEDED", 4)))
        .body("done", equalTo(1.0f))
        .body("secondsLeft", nullValue())
        .body("owner", equalTo(GatewayTestStack.PERSON))
        .body("team", equalTo("local"))
        .body("sharing", equalTo("team"))
        .body("datasets", equalTo(List.of("APTOS2019")));
    list("q", "COUNTED").body("items.id", equalTo(List.of(id))).body("total", equalTo(1));
  }

  @Test
  void marksAreKeptAndFoundBy() {
    String id = named("marked");
    String other = named("unmarked");
    change(
            id,
            Map.of(
                "starred", true, "tags", List.of("pilot", "second reader", "pilot"), "note", "odd"))
        .statusCode(200)
        .body("starred", equalTo(true))
        .body("tags", equalTo(List.of("pilot", "second reader")))
        .body("note", equalTo("odd"));
    // What is not named stays.
    change(id, Map.of("archived", true)).statusCode(200).body("note", equalTo("odd"));
    for (String[] filter :
        new String[][] {
          {"tag", "second reader"}, {"starred", "true"}, {"archived", "true"}, {"q", "SECOND rea"}
        }) {
      list(filter[0], filter[1])
          .body("items.id", hasItem(id))
          .body("items.id", not(hasItem(other)));
    }
    list("archived", "false").body("items.id", not(hasItem(id)));
    list("tag", "second").body("items.id", not(hasItem(id)));
    given()
        .get(Gateway.EXPERIMENTS + "/choices")
        .then()
        .body("tags", hasItems("pilot", "second reader"))
        .body("owners", hasItem(GatewayTestStack.PERSON))
        .body("datasets", hasItem("APTOS2019"));
  }

  @Test
  void signsOfPatternsAreSearchedForAsTheyAre() {
    String id = named("a_b");
    String other = named("axb");
    list("q", "a_b").body("items.id", hasItem(id)).body("items.id", not(hasItem(other)));
    list("q", "%").body("total", equalTo(0));
  }

  @Test
  void aListIsOrderedByName() {
    String second = named("zz order b");
    String first = named("zz order a");
    given()
        .queryParam("q", "zz order")
        .queryParam("sort", "name")
        .get(Gateway.EXPERIMENTS)
        .then()
        .body("items.id", equalTo(List.of(first, second)));
    given()
        .queryParam("q", "zz order")
        .queryParam("sort", "-name")
        .queryParam("size", 1)
        .queryParam("page", 1)
        .get(Gateway.EXPERIMENTS)
        .then()
        .body("items.id", equalTo(List.of(first)))
        .body("total", equalTo(2));
  }

  @ParameterizedTest
  @CsvSource({
    "state, DONE, 'must be RUNNING, SUCCEEDED, FAILED or CANCELLED'",
    "sort, size, 'must be created, name, state or owner'",
    "starred, yes, must be true or false",
    "size, 0, must be a number from 1 to 100"
  })
  void whatAListCannotBeAskedIsRefused(String name, String value, String message) {
    given()
        .queryParam(name, value)
        .get(Gateway.EXPERIMENTS)
        .then()
        .statusCode(400)
        .body("code", equalTo("INVALID_REQUEST"))
        .body("detail", containsString(name))
        .body("detail", containsString(message));
  }

  @Test
  void whatIsNoTagOrTooMuchChangesNothing() {
    String id = named("unchanged");
    change(id, Map.of("tags", List.of("quoted \"tag\""))).statusCode(400);
    change(id, Map.of("tags", List.of("x".repeat(41)))).statusCode(400);
    change(id, Map.of("tags", Collections.nCopies(21, "x"))).statusCode(400);
    change(id, Map.of("starred", true, "note", "x".repeat(10_001)))
        .statusCode(400)
        .body("detail", containsString("10000"));
    given()
        .get(Gateway.EXPERIMENTS + "/" + id + "/summary")
        .then()
        .body("tags", equalTo(List.of()))
        .body("starred", equalTo(false))
        .body("done", equalTo(1.0f));
    change("0f8fad5b-d9cb-469f-a165-70867728950e", Map.of("starred", true)).statusCode(404);
  }

  @Test
  void theDocumentIsGivenBackAsItWas() {
    String id = named("document");
    given()
        .get(Gateway.EXPERIMENTS + "/" + id + "/document")
        .then()
        .statusCode(200)
        .contentType(ContentType.JSON)
        .body("experiment.name", equalTo("document"));
  }
}
