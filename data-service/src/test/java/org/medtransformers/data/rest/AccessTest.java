package org.medtransformers.data.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.data.DataTestStack;
import org.medtransformers.localstack.testing.LocalStackTestResource;
import org.medtransformers.service.testing.AskingService;
import org.medtransformers.tokens.PeerToken.About;

@QuarkusTest
@QuarkusTestResource(DataTestStack.class)
class AccessTest {
  private static final String METRICS = "Bearer " + LocalStackTestResource.METRICS_TOKEN;

  private static ValidatableResponse get(String path, String shown) {
    return given().header("Authorization", shown).get(path).then();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/datasets",
        "/api/v1/loaders/l/epochs/0/batches/0",
        "/api/v1/nothing",
        "/q/metrics",
        "/q/openapi",
        "/q/swagger-ui/",
        "/q/health/../metrics",
        "/q/health/%2e%2e/metrics",
        "/"
      })
  void whoShowsNothingGetsNothing(String path) {
    given()
        .urlEncodingEnabled(false)
        .header("Authorization", "")
        .get(path)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer")
        .contentType("application/problem+json")
        .body("code", equalTo("NOT_SIGNED_IN"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready"})
  void anybodyMayAskForHealth(String path) {
    get(path, "").statusCode(200);
  }

  @Test
  void anotherServicesTokenIsRefusedByItsRule() {
    String trainer = AskingService.bearer(ServiceName.TRAINER, About.loader("own"));
    get("/api/v1/loaders/other/epochs/0/batches/0", trainer)
        .statusCode(403)
        .body("code", equalTo("NOT_PERMITTED"))
        .body("detail", containsString("loader other"));
    get("/api/v1/loaders/own/epochs/0/batches/0", trainer).statusCode(404);
  }

  @Test
  void theTokenOfTheMetricsOpensThemAndNothingElse() {
    get("/q/metrics", METRICS).statusCode(200).body(containsString("medtrans_"));
    get("/q/metrics", METRICS + "!").statusCode(401);
    get("/api/v1/datasets", METRICS).statusCode(401);
  }
}
