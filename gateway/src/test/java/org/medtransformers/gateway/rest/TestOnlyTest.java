package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;

/** Evaluating a model that an earlier run has trained. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class TestOnlyTest {
  @Inject FakeWorkers workers;
  @Inject Artifacts artifacts;

  @Test
  void aModelIsFoundByItsRunAndEvaluatedWithoutTraining() throws IOException {
    String trained = train("by-run");
    ExperimentView view = Gateway.ended(Gateway.post(testing("tested", trained)));
    String run = view.runs().get(0).id();
    assertEquals(RunState.SUCCEEDED, view.runs().get(0).state());
    assertEquals(List.of(), workers.commands(run, TrainingEvent.Requested.class));
    assertEquals(
        List.of("runs/" + trained + "/checkpoints/best"),
        workers.commands(run, EvaluationEvent.Requested.class).stream()
            .map(EvaluationEvent.Requested::checkpoint)
            .toList());
  }

  @Test
  void aModelNameMeansItsLatestSuccess() throws IOException {
    String name = "model-" + UUID.randomUUID();
    train(name);
    String latest = train(name);
    ExperimentView view = Gateway.ended(Gateway.post(testing("tested", name)));
    assertEquals(
        "runs/" + latest + "/checkpoints/best",
        workers
            .commands(view.runs().get(0).id(), EvaluationEvent.Requested.class)
            .get(0)
            .checkpoint());
  }

  @Test
  void anUnknownModelIsNotFound() {
    Gateway.refused(testing("tested", "never-trained"), 404)
        .body("code", equalTo("NOT_FOUND"))
        .body("detail", containsString("never-trained"));
  }

  @Test
  void aRunThatHasNotSucceededHasNoModel() {
    String id = Gateway.post(Documents.single(FakeTraining.HOLD));
    String run = Gateway.allIn(id, RunState.TRAINING).runs().get(0).id();
    Gateway.refused(testing("tested", run), 404).body("detail", containsString("TRAINING"));
  }

  @Test
  void aModelWhoseFolderIsGoneIsNotFound() {
    String run = Gateway.ended(Gateway.post(Documents.single("gone"))).runs().get(0).id();
    Gateway.refused(testing("tested", run), 404).body("detail", containsString("is gone"));
  }

  @Test
  void aModelOfAnotherNetworkIsIncompatible() throws IOException {
    ObjectNode document = testing("tested", train("resnet"));
    Documents.with(document, "model_params.backbone_type", "deit_tiny");
    Gateway.refused(document, 422)
        .body("code", equalTo("CHECKPOINT_INCOMPATIBLE"))
        .body("detail", containsString("model_params.backbone_type"));
  }

  /** Such a model has no head that knows the classes. */
  @Test
  void aModelThatWasTrainedWithLabelsIsNoneWithout() throws IOException {
    ObjectNode document = testing("tested", train("resnet"));
    Documents.with(document, "medtrans.method", "byol");
    Gateway.refused(document, 422)
        .body("code", equalTo("CHECKPOINT_INCOMPATIBLE"))
        .body("detail", containsString("medtrans.method: found byol"));
  }

  @Test
  void aTransformerForAnotherImageSizeIsIncompatible() throws IOException {
    ObjectNode trained = Documents.single("deit");
    Documents.with(trained, "model_params.backbone_type", "deit_tiny");
    String run = Gateway.ended(Gateway.post(trained)).runs().get(0).id();
    Files.createDirectories(artifacts.run(run).resolve("checkpoints/best"));
    ObjectNode document = testing("tested", run);
    Documents.with(document, "model_params.backbone_type", "deit_tiny");
    Documents.with(document, "model_params.transformers_params.img_size", List.of(32));
    Gateway.refused(document, 422)
        .body("code", equalTo("CHECKPOINT_INCOMPATIBLE"))
        .body("detail", containsString("model_params.transformers_params.img_size: found 32"));
  }

  @Test
  void withoutACheckpointTheOwnModelNameIsTested() throws IOException {
    String name = "model-" + UUID.randomUUID();
    String trained = train(name);
    ObjectNode document = Documents.single(name);
    Documents.with(document, "medtrans.test_only", true);
    String run = Gateway.ended(Gateway.post(document)).runs().get(0).id();
    assertEquals(
        "runs/" + trained + "/checkpoints/best",
        workers.commands(run, EvaluationEvent.Requested.class).get(0).checkpoint());
  }

  @Test
  void eachRepetitionTestsItsOwnModel() throws IOException {
    ObjectNode document = Documents.single("model-" + UUID.randomUUID());
    Documents.with(document, "experiment.repetitions", 2);
    List<String> trained = runs(Gateway.ended(Gateway.post(document)));
    for (String run : trained) {
      Files.createDirectories(artifacts.run(run).resolve("checkpoints/best"));
    }
    Documents.with(document, "medtrans.test_only", true);
    List<String> tested = runs(Gateway.ended(Gateway.post(document)));
    for (int i = 0; i < 2; i++) {
      assertEquals(
          "runs/" + trained.get(i) + "/checkpoints/best",
          workers.commands(tested.get(i), EvaluationEvent.Requested.class).get(0).checkpoint());
    }
  }

  /** The table would show n = 2 and no deviation. */
  @Test
  void oneModelIsNotTestedAsIfItWereTwo() throws IOException {
    ObjectNode document = testing("tested", train("once"));
    Documents.with(document, "experiment.repetitions", 2);
    Gateway.refused(document, 400)
        .body("code", equalTo("INVALID_REQUEST"))
        .body("detail", containsString("repetition 1 would test the model that another one tests"));
  }

  private static List<String> runs(ExperimentView view) {
    return view.runs().stream().map(run -> run.id()).toList();
  }

  @Test
  void aModelThatIsBeingTestedIsNotDeleted() throws IOException {
    String trained = train("in-use");
    String source = given().get("/api/v1/runs/" + trained).then().extract().path("experimentId");
    // Preparing goes on for as long as nobody answers for this folder.
    ObjectNode document = testing("tested", trained);
    String folder = GatewayTestStack.DATA.resolve(FakeWorkers.NO_ANSWER).toString();
    Files.createDirectories(GatewayTestStack.DATA.resolve(FakeWorkers.NO_ANSWER));
    Documents.with(document, "dataset_params.data_location", folder);
    Gateway.post(document);
    given().delete(Gateway.EXPERIMENTS + "/" + source).then().statusCode(409);
  }

  /** A run whose model is there, as far as the gateway can see. */
  private String train(String modelName) throws IOException {
    String run = Gateway.ended(Gateway.post(Documents.single(modelName))).runs().get(0).id();
    Files.createDirectories(artifacts.run(run).resolve("checkpoints/best"));
    return run;
  }

  private static ObjectNode testing(String modelName, String checkpoint) {
    ObjectNode document = Documents.single(modelName);
    Documents.with(document, "medtrans.test_only", true);
    return Documents.with(document, "medtrans.checkpoint", checkpoint);
  }
}
