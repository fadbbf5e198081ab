package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;

/** Runs that go on after they have ended, with workers that answer over a real broker. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class ResumeTest {
  @Inject FakeWorkers workers;
  @Inject Artifacts artifacts;

  @Test
  void aFailedRunGoesOnAsTheSameRunAndItsExperimentSucceeds() throws IOException {
    String id = Gateway.post(Documents.comparison(FakeTraining.FAIL));
    List<RunView> failed =
        Gateway.ended(id).runs().stream().filter(r -> r.state() == RunState.FAILED).toList();
    assertEquals(2, failed.size());
    for (RunView run : failed) {
      Files.createDirectories(artifacts.run(run.id()));
      resume(run.id(), 202).body("experiment.id", equalTo(id));
    }
    ExperimentView ended = Gateway.ended(id);
    assertEquals(ExperimentState.SUCCEEDED, ended.experiment().state());
    assertEquals(4, ended.runs().size());
    assertTrue(ended.runs().stream().allMatch(run -> run.error() == null));
    assertEquals(2, ended.table().rows().get(0).cells().get(0).n());
    List<TrainingEvent.Requested> asked =
        workers.commands(failed.get(0).id(), TrainingEvent.Requested.class);
    assertEquals(List.of(0, 100), asked.stream().map(c -> c.order().resumedAfter()).toList());
    assertEquals(asked.get(0).configSha256(), asked.get(1).configSha256());
    assertEquals(asked.get(0).seed(), asked.get(1).seed());
  }

  @Test
  void aCancelledRunGoesOnAndAskingAgainMeanwhileChangesNothing() throws IOException {
    String id = Gateway.post(Documents.single(FakeTraining.HOLD));
    String run = Gateway.allIn(id, RunState.TRAINING).runs().get(0).id();
    resume(run, 202).body("runs[0].state", equalTo("TRAINING"));
    given().post(Gateway.EXPERIMENTS + "/" + id + "/cancel").then().statusCode(202);
    assertEquals(ExperimentState.CANCELLED, Gateway.ended(id).experiment().state());
    Files.createDirectories(artifacts.run(run));
    resume(run, 202)
        .body("experiment.state", equalTo("RUNNING"))
        .body("runs[0].state", equalTo("PREPARING"));
    assertEquals(ExperimentState.SUCCEEDED, Gateway.ended(id).experiment().state());
    assertEquals(2, workers.commands(run, TrainingEvent.Requested.class).size());
  }

  @Test
  void phasesThatEndedWithTheOneBeforeFollowItAgain() throws IOException {
    ObjectNode document =
        Documents.with(
            Documents.comparison("after"),
            "experiment.phases",
            List.of(
                Map.of(
                    "method",
                    "supervised",
                    "set",
                    Map.of("training_params.model_name", FakeTraining.FAIL)),
                Map.of("method", "supervised")));
    String id = Gateway.post(document);
    ExperimentView ended = Gateway.ended(id);
    RunView before = ended.runs().get(1);
    RunView after = ended.runs().get(3);
    assertEquals(RunState.FAILED, after.state());
    resume(after.id(), 409)
        .body(
            "detail",
            equalTo(
                "run %s begins with the model of run %s, phase 1, which is FAILED: resume that one"
                    .formatted(after.id(), before.id())));

    Files.createDirectories(artifacts.run(before.id()));
    resume(before.id(), 202)
        .body("runs[3].state", equalTo("QUEUED"))
        .body("runs[3].progress.detail", equalTo("waiting for phase 1"));
    RunView again = Gateway.until(id, v -> v.runs().get(3).state().terminal()).runs().get(3);
    assertEquals(RunState.SUCCEEDED, again.state());
    assertNull(again.error());
    assertEquals(
        before.id(),
        workers.commands(after.id(), TrainingEvent.Requested.class).get(0).start().runId());
  }

  @Test
  void whatCannotGoOnSaysWhyAndStaysAsItIs() {
    String id = Gateway.post(Documents.single("demo"));
    String succeeded = Gateway.ended(id).runs().get(0).id();
    resume(succeeded, 409).body("detail", equalTo("run " + succeeded + " has ended: SUCCEEDED"));
    String unknown = UUID.randomUUID().toString();
    resume(unknown, 404).body("detail", equalTo("there is no run " + unknown));
    resume("demo", 404).body("detail", equalTo("there is no run demo"));
  }

  @Test
  void aRunWhoseFolderIsGoneIsNotBegunAnewUnderItsName() {
    String id = Gateway.post(Documents.single(FakeTraining.HOLD));
    String run = Gateway.allIn(id, RunState.TRAINING).runs().get(0).id();
    given().post(Gateway.EXPERIMENTS + "/" + id + "/cancel").then().statusCode(202);
    Gateway.ended(id);
    resume(run, 404).body("detail", containsString(artifacts.run(run) + " is gone"));
    assertEquals(ExperimentState.CANCELLED, Gateway.get(id).experiment().state());
  }

  private static ValidatableResponse resume(String run, int status) {
    return given().post("/api/v1/runs/" + run + "/resume").then().statusCode(status);
  }
}
