package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.database.Database;

/** Curves as charts ask for them. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class CurvesOverRestTest {
  @Inject Database database;

  @Test
  void runsOfACellAreOneBandAndSingleOnesAreThereWhenAskedFor() {
    String experiment = Gateway.post(Documents.comparison("curves"));
    List<String> runs = Gateway.ended(experiment).runs().stream().map(r -> r.id()).toList();
    JsonPath curves =
        curves(
            Gateway.EXPERIMENTS
                + "/"
                + experiment
                + "/curves?metric=cohen_kappa&x=epoch&run="
                + runs.get(1));
    assertEquals(List.of("resnet18", "deit_tiny"), curves.getList("arms.cell.backbone"));
    assertEquals(runs, curves.getList("arms.ids.flatten()"));
    assertEquals(List.of(1f, 2f), curves.getList("arms[0].band.x"));
    assertEquals(List.of(2, 2), curves.getList("arms[0].band.n"));
    assertEquals(List.of(0.4f, 0.45f), curves.getList("arms[0].band.mean"));
    assertEquals(List.of(runs.get(1)), curves.getList("runs.id"));
    assertEquals(List.of(0.4f, 0.45f), curves.getList("runs[0].y"));
    JsonPath loss = curves(Gateway.EXPERIMENTS + "/" + experiment + "/curves");
    assertEquals(List.of(5f, 20f), loss.getList("arms[1].band.x"));
    assertEquals(List.of(1.5f, 1.5f), loss.getList("arms[1].band.mean"));
    assertEquals(List.of(), loss.getList("runs"));
  }

  @Test
  void ofALongTrainingSomePointsAreShownAndOfANearerPartMore() {
    String run = longTraining();
    JsonPath all = curves("/api/v1/runs/" + run + "/curves?points=100");
    List<Integer> iterations = integers(all, "training.iteration");
    assertEquals(1, iterations.get(0));
    assertEquals(6000, iterations.get(iterations.size() - 1));
    assertTrue(iterations.size() <= 100, iterations::toString);
    assertTrue(iterations.size() > 80, iterations::toString);
    JsonPath near = curves("/api/v1/runs/" + run + "/curves?points=100&from=4990&to=5010");
    assertEquals(
        IntStream.rangeClosed(4990, 5010).boxed().toList(), integers(near, "training.iteration"));
  }

  /** The second attempt tells the opposite. */
  @Test
  void whatAnAttemptRepeatsReplacesWhatWasBefore() {
    JsonPath all = curves("/api/v1/runs/" + longTraining() + "/curves?points=500");
    List<Integer> iterations = integers(all, "training.iteration");
    List<Integer> losses = integers(all, "training.metrics.training_loss");
    for (int i = 0; i < iterations.size(); i++) {
      int iteration = iterations.get(i);
      assertEquals(iteration > 5000 ? -iteration : iteration, losses.get(i));
    }
  }

  @Test
  void whatIsNotThereIsRefused() {
    String experiment = Gateway.post(Documents.single("curves"));
    Gateway.ended(experiment);
    String curves = Gateway.EXPERIMENTS + "/" + experiment + "/curves";
    given()
        .get(curves + "?metric=kappa")
        .then()
        .statusCode(400)
        .body("detail", containsString("found kappa, allowed: training_loss, "));
    for (String wrong : List.of("?x=time", "?points=1", "?points=251")) {
      given().get(curves + wrong).then().statusCode(400).body("code", equalTo("INVALID_REQUEST"));
    }
    given().get("/api/v1/runs/none/curves").then().statusCode(404);
    given().get(Gateway.EXPERIMENTS + "/" + UUID.randomUUID() + "/curves").then().statusCode(404);
  }

  /** Interrupted at iteration 10,000, it went on from 5,000 to 6,000. */
  private String longTraining() {
    String experiment = Gateway.post(Documents.single("long"));
    String run = Gateway.ended(experiment).runs().get(0).id();
    database.update("DELETE FROM run_event WHERE run_id = ?", UUID.fromString(run));
    started(run, experiment, 1, 1);
    progress(run, experiment, 1, 10_000, 1);
    started(run, experiment, 2, 5001);
    progress(run, experiment, 5001, 6000, -1);
    return run;
  }

  private void started(String run, String experiment, int attempt, int first) {
    insert(
        """
        INSERT INTO run_event (experiment_id, run_id, type, payload, at)
        VALUES (?, ?, 'training.started.v1', json_build_object('attempt', ?, 'firstIteration', ?)::text, now())
        """,
        experiment,
        run,
        attempt,
        first);
  }

  private void progress(String run, String experiment, int from, int to, int sign) {
    insert(
        """
        INSERT INTO run_event (experiment_id, run_id, type, payload, at)
        SELECT ?, ?, 'training.progress.v1', json_build_object('iteration', i, 'loss', i * %d)::text, now()
        FROM generate_series(?::integer, ?::integer) i ORDER BY i
        """
            .formatted(sign),
        experiment,
        run,
        from,
        to);
  }

  private void insert(String sql, String experiment, String run, int first, int second) {
    database.update(sql, UUID.fromString(experiment), UUID.fromString(run), first, second);
  }

  private static JsonPath curves(String path) {
    return given().get(path).then().statusCode(200).extract().jsonPath();
  }

  private static List<Integer> integers(JsonPath json, String path) {
    return json.<Number>getList(path).stream().map(Number::intValue).toList();
  }
}
