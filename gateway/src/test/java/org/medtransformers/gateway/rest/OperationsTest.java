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
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> given().get("/q/metrics").then().statusCode(200).body(matchesRegex(runs)));
    String events =
        "(?s).*medtrans_run_events_total\\{[^}]*outcome=\"applied\"[^}]*"
            + "type=\"training.completed.v1\"[^}]*\\} [1-9].*";
    given().get("/q/metrics").then().body(matchesRegex(events));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                given()
                    .get("/q/metrics")
                    .then()
                    .body(matchesRegex(sample("experiment_runs", "demo.*state=\"succeeded")))
                    .body(matchesRegex(sample("experiment_device_seconds", "cpu")))
                    .body(matchesRegex(sample("run_duration_seconds_count", "succeeded")))
                    .body(matchesRegex(sample("disk_free_bytes", ""))));
  }

  private static String sample(String name, String label) {
    return "(?s).*medtrans_%s\\{[^\n]*%s[^\n]*\\} [0-9.E+]*[1-9].*".formatted(name, label);
  }

  @Test
  void aRunLeadsToItsDashboard() {
    String run = Gateway.ended(Gateway.post(Documents.single("demo"))).runs().get(0).id();
    given()
        .get("/api/v1/runs/" + run)
        .then()
        .header(
            "Link", "<http://grafana:3000/d/medtrans-run?var-run=" + run + ">; rel=\"monitor\"");
  }
}
