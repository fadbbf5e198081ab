package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.FakeDataService;
import org.medtransformers.gateway.fakes.FakeServices;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;

@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class ComparisonResourceTest {
  private static final String COMPARISONS = "/api/v1/comparisons";
  private static final String DATA = GatewayTestStack.DATA.toString();

  /** There to answer. */
  @Inject FakeWorkers workers;

  FakeServices services;

  @BeforeEach
  void dataServiceLooks() {
    services.answerAll(FakeDataService.looking());
  }

  @AfterEach
  void nobodyHasAnything() {
    services.forget();
  }

  private static Response post(String path, Map<String, Object> request) {
    return given().contentType(ContentType.JSON).body(request).post(COMPARISONS + path);
  }

  private static Response through(String path, Map<String, Object> request) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> post(path, request), answer -> answer.statusCode() != 503);
  }

  /** Looked at, measured by fake trainings, planned, started; what measured is forgotten. */
  @Test
  void aFolderBecomesAPlanAndThePlanAnExperiment() {
    Map<String, Object> request = Map.of("data", DATA, "time", "2h", "question", "architecture");
    Response plan = through("/plan", request);
    plan.then()
        .statusCode(200)
        .body("data.dataset", equalTo("APTOS2019"))
        .body("notices", hasItem("as it is divided by default: a notice of the data"))
        .body("choices.find { it.what == 'metric' }.value", containsString("cohen_kappa"))
        .body("time.machine", containsString("Fake 1"));
    String id = through("", request).then().statusCode(201).extract().path("experiment.id");
    ExperimentView view = Gateway.get(id);
    assertEquals((int) plan.path("runs"), view.runs().size());
    assertEquals(plan.path("name"), view.experiment().name());
    List<String> names = given().get(Gateway.EXPERIMENTS).path("items.name");
    assertTrue(names.stream().noneMatch("measuring speed"::equals), names::toString);
    Gateway.ended(id);
  }

  /** Else nobody's comparison would be planned any more. */
  @Test
  void dataThatIsNotLookedAtInTimeIsGivenUp() {
    services.answerAll(FakeDataService::busy);
    Map<String, Object> request = Map.of("data", DATA, "time", "3h");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> post("/plan", request).path("detail"),
            equalTo(
                "the data could not be looked at within PT5S: 7 of 1000 images were looked at"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time|abc|found \"abc\", allowed: 2m to 14d",
        "time|10s|found \"10s\", allowed: 2m to 14d",
        "question|why|why",
        "data|relative/path|it is relative",
        "data|/etc|it lies outside",
      })
  void wishesThatCannotBeAreRefusedAtOnce(String key, String value, String said) {
    Map<String, Object> request =
        key.equals("data") ? Map.of("data", value) : Map.of("data", DATA, key, value);
    Response refused = post("/plan", request);
    assertTrue(List.of(400, 403).contains(refused.statusCode()), refused::asString);
    refused.then().body("detail", containsString(said));
  }
}
