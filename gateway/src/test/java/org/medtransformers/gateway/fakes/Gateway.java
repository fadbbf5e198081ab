package org.medtransformers.gateway.fakes;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.Predicate;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.GatewayTestStack;

/** The gateway as a client sees it. */
public final class Gateway {
  public static final String EXPERIMENTS = "/api/v1/experiments";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Gateway() {}

  /** Posts {@code document}; the id of the accepted experiment. */
  public static String post(JsonNode document) {
    return given()
        .contentType(ContentType.JSON)
        .body(Json.write(document))
        .post(EXPERIMENTS)
        .then()
        .statusCode(201)
        .extract()
        .path("experiment.id");
  }

  /** Posts {@code document}, which is answered with the error {@code status}. */
  public static ValidatableResponse refused(JsonNode document, int status) {
    return given()
        .contentType(ContentType.JSON)
        .body(Json.write(document))
        .post(EXPERIMENTS)
        .then()
        .statusCode(status);
  }

  /** A request for {@code path} of the administrator, for clients other than REST Assured. */
  public static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
        .header("Authorization", "Bearer " + GatewayTestStack.TOKEN);
  }

  public static ExperimentView get(String id) {
    return Json.read(
        given().get(EXPERIMENTS + "/" + id).then().statusCode(200).extract().asString(),
        ExperimentView.class);
  }

  /** Waits until the experiment has ended. */
  public static ExperimentView ended(String id) {
    return until(id, view -> view.experiment().state() != ExperimentState.RUNNING);
  }

  /** Waits until every run is in {@code state}. */
  public static ExperimentView allIn(String id, RunState state) {
    return until(id, view -> view.runs().stream().allMatch(r -> r.state() == state));
  }

  public static ExperimentView until(String id, Predicate<ExperimentView> condition) {
    return await().atMost(PATIENCE).until(() -> get(id), condition);
  }
}
