package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesRegex;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.Gateway;

/** What those who run the gateway look at. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class OperationsTest {

  @Test
  void theApiDescribesItself() {
    given()
        .accept("application/json")
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .body("info.title", equalTo("medtransformers"))
        .body("paths", hasKey("/api/v1/experiments/{id}/events"))
        .body("paths", hasKey("/api/v1/runs/{id}"));
    given().get("/q/swagger-ui/").then().statusCode(200).body(containsString("Swagger"));
  }

  @Test
  void itSaysWhetherItIsWell() {
    given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void runsAndEventsAreCounted() {
    Gateway.ended(Gateway.post(Documents.single("demo")));
    String runs = "(?s).*medtrans_runs\\{[^}]*state=\"succeeded\"[^}]*\\} [1-9].*";
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> given().get("/q/metrics").then().statusCode(200).body(matchesRegex(runs)));
    String events =
        "(?s).*medtrans_run_events_total\\{[^}]*outcome=\"applied\"[^}]*"
            + "type=\"training.completed.v1\"[^}]*\\} [1-9].*";
    given().get("/q/metrics").then().body(matchesRegex(events));
  }
}
