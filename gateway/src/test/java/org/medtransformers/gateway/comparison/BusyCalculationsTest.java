package org.medtransformers.gateway.comparison;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;

/** What was done is answered, however long the numbers of its experiment take to be worked out. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class BusyCalculationsTest {
  @Inject Calculations calculations;
  @Inject Artifacts artifacts;
  @Inject Database database;

  private final String key = UUID.randomUUID().toString();
  private final ObjectNode document =
      Documents.with(
          Documents.comparison(FakeTraining.FAIL),
          "medtrans.split",
          Json.parse("{\"kind\": \"kfold\", \"folds\": 3}"));
  private final CountDownLatch busy = new CountDownLatch(1);
  private ExperimentView experiment;

  /** An experiment with folds that have been evaluated, and nothing that works them out. */
  @BeforeEach
  void occupy() {
    experiment = Gateway.ended(post(201).extract().path("experiment.id"));
    CompletableFuture<Void> unused =
        CompletableFuture.runAsync(
            () -> calculations.<String, String>keeping(1).of("long", this::answer));
  }

  @AfterEach
  void release() {
    busy.countDown();
  }

  private String answer() {
    try {
      busy.await();
      return "known";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCancelledExperimentIsShownWithoutItsPooledNumbers() {
    String id = experiment.experiment().id();
    database.update("UPDATE experiment SET state = 'RUNNING' WHERE id = ?", UUID.fromString(id));
    assertWithoutPooled(given().post(Gateway.EXPERIMENTS + "/" + id + "/cancel").then(), 202);
  }

  @Test
  void aResumedRunGoesOnAndItsExperimentIsShownLikewise() throws IOException {
    String failed =
        experiment.runs().stream()
            .filter(run -> run.state() == RunState.FAILED)
            .findFirst()
            .orElseThrow()
            .id();
    Files.createDirectories(artifacts.run(failed));
    assertWithoutPooled(given().post("/api/v1/runs/" + failed + "/resume").then(), 202)
        .body("experiment.state", equalTo("RUNNING"));
  }

  @Test
  void anExperimentThatIsAskedForAgainIsShownLikewise() {
    assertWithoutPooled(post(200), 200);
  }

  private ValidatableResponse post(int status) {
    return given()
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", key)
        .body(Json.write(document))
        .post(Gateway.EXPERIMENTS)
        .then()
        .statusCode(status);
  }

  private static ValidatableResponse assertWithoutPooled(ValidatableResponse answer, int status) {
    answer.statusCode(status);
    Cell cell =
        Json.read(answer.extract().asString(), ExperimentView.class)
            .table()
            .rows()
            .get(0)
            .cells()
            .get(0);
    assertNotNull(cell.folds(), "folds have been evaluated");
    assertNull(cell.folds().pooled());
    return answer;
  }
}
