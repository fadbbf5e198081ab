package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeServices;
import org.medtransformers.gateway.fakes.Gateway;

/** A data-service and an eval-service that answer, and a trainer that does not. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class MachineTest {
  private static final String MACHINE = "/api/v1/machine";

  FakeServices services;

  @Test
  void everyServiceIsAskedAndOneThatIsAwayIsToldAsSuch() {
    String run = Gateway.ended(Gateway.post(Documents.single("at-work"))).runs().get(0).id();
    services.json(
        "/api/v1/jobs",
        """
        {"kind": "prepare", "waiting": 1, "running": 0, "host": "here", "devices": ["cpu"],
         "jobs": [{"runId": "%s", "experimentId": "e", "priority": 3, "turn": 1, "attempt": 0,
                   "since": "2030-01-01T00:00:00Z"},
                  {"runId": "of another gateway", "experimentId": "", "priority": 0, "turn": 2,
                   "attempt": 0, "since": "2030-01-01T00:00:00Z"}]}
        """
            .formatted(run));
    given()
        .get(MACHINE)
        .then()
        .statusCode(200)
        .body("services.name", equalTo(List.of("data-service", "trainer-service", "eval-service")))
        .body("services[0].problem", nullValue())
        .body("services[0].work.jobs[0].turn", equalTo(1))
        .body("services[1].problem", containsString("does not answer"))
        .body("services[1].work", nullValue())
        .body("services[2].work.devices[0]", equalTo("cpu"))
        .body("runs.size()", equalTo(1))
        .body("runs.'%s'.modelName".formatted(run), equalTo("at-work"))
        .body("grafana", startsWith("http://grafana"));
  }

  @Test
  void theDiskIsToldByKindOnceItWasMeasured() {
    await()
        .untilAsserted(
            () ->
                given()
                    .get(MACHINE)
                    .then()
                    .body("disk.bytes.keySet().contains('datasets')", equalTo(true))
                    .body("disk.free > 0", equalTo(true)));
  }
}
