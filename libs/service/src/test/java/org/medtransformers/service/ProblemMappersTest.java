package org.medtransformers.service;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.localstack.testing.ExpectsErrors;

@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class ProblemMappersTest {
  @Test
  void knownFailureKeepsCodeAndMessage() {
    isProblem(given().get("/problems/known"), 409, "CONFLICT")
        .body("title", equalTo("Conflict"))
        .body("type", equalTo("urn:medtransformers:error:CONFLICT"))
        .body("detail", equalTo("the run is still going on"))
        .body("errors", nullValue());
  }

  @Test
  void severalMistakesAreListedEach() {
    isProblem(given().get("/problems/several"), 400, "INVALID_REQUEST")
        .body("errors.code", contains("INVALID_REQUEST", "NOT_BUILT_YET"))
        .body("errors.message", contains("no name", "no lars"));
  }

  @ExpectsErrors("failed unexpectedly")
  @Test
  void unexpectedFailureTellsNothingOfTheInside() {
    isProblem(given().get("/problems/unexpected"), 500, "INTERNAL")
        .body(not(containsString("secret")))
        .body(not(containsString("Exception")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"57P01", "25006", "53100", "55P03"})
  void databaseThatIsAwayOrRefusesIsNoFaultOfTheService(String state) {
    isProblem(given().get("/problems/database-away?state=" + state), 503, "UNAVAILABLE")
        .header("Retry-After", "1")
        .body("detail", equalTo("the database is away or takes nothing; try again"));
  }

  @Test
  void ruleOfABodyNamesTheField() {
    isProblem(post("{\"name\": \"\", \"count\": 0}"), 400, "INVALID_REQUEST")
        .body("errors", hasSize(2))
        .body("detail", containsString("count must be greater than 0"))
        .body("detail", containsString("name must not be blank"));
  }

  @Test
  void ruleOfAParameterNamesIt() {
    isProblem(given().get("/problems/page?size=101"), 400, "INVALID_REQUEST")
        .body("detail", equalTo("size must be less than or equal to 100"));
  }

  @Test
  void malformedJsonNamesThePlace() {
    isProblem(post("{\"name\": \"a\",\n \"count\": }"), 400, "INVALID_REQUEST")
        .body("detail", containsString("line 2"));
  }

  @Test
  void jsonOfTheWrongTypeNamesThePlace() {
    isProblem(post("{\"name\": \"a\", \"count\": \"many\"}"), 400, "INVALID_REQUEST")
        .body("detail", containsString("line 1"))
        .body("detail", containsString("many"));
  }

  @Test
  void duplicateKeyIsRefusedAsInFiles() {
    isProblem(post("{\"name\": \"a\", \"name\": \"b\", \"count\": 1}"), 400, "INVALID_REQUEST");
  }

  @Test
  void unknownPathMethodAndMediaTypeAreProblemsToo() {
    isProblem(given().get("/problems/nowhere"), 404, "NOT_FOUND");
    isProblem(given().get("/nowhere"), 404, "NOT_FOUND");
    isProblem(given().delete("/problems/known"), 405, "INVALID_REQUEST");
    isProblem(
        given().contentType(ContentType.TEXT).body("hello").post("/problems"),
        415,
        "INVALID_REQUEST");
    isProblem(given().get("/problems/page?size=many"), 404, "NOT_FOUND");
  }

  @Test
  void bodiesAreInTheJsonOfTheContracts() {
    post("{\"name\": \"a\", \"count\": 1, \"at\": \"2026-01-02T03:04:05Z\", \"unknown\": 1}")
        .then()
        .statusCode(200)
        .body("at", equalTo("2026-01-02T03:04:05Z"));
  }

  @Test
  void metersOfOutboxAndInboxAreExposed() {
    given().get("/q/metrics").then().statusCode(200).body(containsString("medtrans_outbox_depth"));
  }

  private static Response post(String json) {
    return given().contentType(ContentType.JSON).body(json).post("/problems");
  }

  private static ValidatableResponse isProblem(Response response, int status, String code) {
    return response
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("code", equalTo(code));
  }
}
