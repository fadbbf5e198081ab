package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.ComparisonTable.Row;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.Phase;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;

/** Trainings that begin with each other's models, with workers that answer over a real broker. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class PhasesTest {
  @Inject FakeWorkers workers;
  @Inject Artifacts artifacts;

  /** Two repetitions of each backbone, in two phases. */
  private static ObjectNode twoPhases(String firstModel, String secondModel) {
    return Documents.with(
        Documents.comparison(secondModel),
        "experiment.phases",
        List.of(
            Map.of("method", "supervised", "set", Map.of("training_params.model_name", firstModel)),
            Map.of("method", "supervised")));
  }

  @Test
  void thePhaseAfterASuccessBeginsByItselfWithItsBackbone() {
    ExperimentView view = Gateway.ended(Gateway.post(twoPhases("before", "after")));
    assertEquals(ExperimentState.SUCCEEDED, view.experiment().state());
    assertEquals(8, view.runs().size());
    RunView before = view.runs().get(1);
    RunView after = view.runs().get(3);
    assertEquals(new Phase(1, false), before.phase());
    assertEquals(new Phase(2, true), after.phase());
    assertEquals(before.seed(), after.seed());
    String checkpoint = "runs/" + before.id() + "/checkpoints/best";
    assertEquals(
        new StartingPoint(StartingPoint.Use.BACKBONE, before.id(), checkpoint, null),
        workers.commands(after.id(), TrainingEvent.Requested.class).get(0).start());
  }

  @Test
  void onlyTheLastPhaseIsCompared() {
    ExperimentView view = Gateway.ended(Gateway.post(twoPhases("before", "after")));
    assertEquals(
        List.of("random + supervised", "random + supervised"),
        view.table().rows().stream().map(Row::initialisation).toList());
    assertEquals(2, view.table().rows().get(0).cells().get(0).planned());
  }

  @Test
  void aPhaseWaitsForTheOneBeforeAndIsCancelledWithIt() {
    String id = Gateway.post(twoPhases(FakeTraining.HOLD, "after"));
    ExperimentView view =
        Gateway.until(
            id, v -> v.runs().stream().filter(r -> r.state() == RunState.TRAINING).count() == 4);
    List<RunView> waiting = view.runs().stream().filter(r -> r.phase().last()).toList();
    assertEquals(4, waiting.size());
    for (RunView run : waiting) {
      assertEquals(RunState.QUEUED, run.state());
      assertEquals("waiting for phase 1", run.progress().detail());
      assertEquals(List.of(), workers.commands(run.id(), DatasetEvent.PrepareRequested.class));
    }
    given().post(Gateway.EXPERIMENTS + "/" + id + "/cancel").then().statusCode(202);
    ExperimentView ended = Gateway.ended(id);
    assertEquals(ExperimentState.CANCELLED, ended.experiment().state());
    assertTrue(ended.runs().stream().allMatch(r -> r.state() == RunState.CANCELLED));
    given().delete(Gateway.EXPERIMENTS + "/" + id).then().statusCode(204);
  }

  @Test
  void aPhaseFailsWithTheOneBeforeAndSaysWhy() {
    ExperimentView view = Gateway.ended(Gateway.post(twoPhases(FakeTraining.FAIL, "after")));
    assertEquals(ExperimentState.FAILED, view.experiment().state());
    RunView before = view.runs().get(1);
    RunView after = view.runs().get(3);
    assertEquals(RunState.SUCCEEDED, view.runs().get(2).state());
    assertEquals(RunState.FAILED, after.state());
    assertEquals(ErrorCode.IMAGE_UNREADABLE, after.error().code());
    assertEquals(
        "phase 1, run " + before.id() + ", has failed: train_images/a.png: not an image",
        after.error().message());
  }

  @Test
  void aModelOfALaterPhaseIsTestedUnderTheNameOfItsChain() throws IOException {
    ExperimentView trained = Gateway.ended(Gateway.post(twoPhases("before", "after")));
    String model = trained.runs().get(2).id();
    Files.createDirectories(artifacts.run(model).resolve("checkpoints/best"));
    ObjectNode document = Documents.single("tested");
    Documents.with(document, "medtrans.test_only", true);
    Documents.with(document, "medtrans.checkpoint", model);
    ExperimentView tested = Gateway.ended(Gateway.post(document));
    assertEquals("random + supervised", tested.runs().get(0).initialisation());
  }

  @Test
  void validatingShowsWhatFollowsWhat() {
    given()
        .contentType("application/json")
        .body(twoPhases("before", "after").toString())
        .post(Gateway.EXPERIMENTS + "/validate")
        .then()
        .statusCode(200)
        .body("runs.phase.number", equalTo(List.of(1, 1, 2, 2, 1, 1, 2, 2)))
        .body("runs[3].follows", equalTo(1));
  }
}
