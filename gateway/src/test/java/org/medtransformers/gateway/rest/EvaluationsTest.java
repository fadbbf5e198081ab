package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;

/** Measuring more of a model that a run has trained, and reading what was measured. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class EvaluationsTest {
  private static final String RUNS = "/api/v1/runs/";

  @Inject FakeWorkers workers;
  @Inject Artifacts artifacts;

  @Test
  void anEvaluationIsAnExperimentThatTrainsNothing() throws IOException {
    String trained = train();
    RunView run = evaluated(trained, "{\"evaluation\": {\"split\": \"val\", \"knn\": true}}");
    assertEquals(List.of(), workers.commands(run.id(), TrainingEvent.Requested.class));
    EvaluationEvent.Requested command =
        workers.commands(run.id(), EvaluationEvent.Requested.class).get(0);
    assertEquals("runs/" + trained + "/checkpoints/best", command.checkpoint());
    assertTrue(command.config().medtrans().evaluation().knn());
    assertEquals(1000, command.config().medtrans().evaluation().bootstrap());
    assertNotNull(run.metrics().val());
    assertNull(run.metrics().test());
  }

  @Test
  void otherImagesOfOnesOwnAreDescribedAsThoseTheModelKnows() throws IOException {
    String trained = train();
    RunView run =
        evaluated(
            trained,
            "{\"set\": {\"dataset_params.dataset\": \"ImageFolder\","
                + " \"medtrans.image_folder\": {}}}");
    RunConfig config = workers.commands(run.id(), EvaluationEvent.Requested.class).get(0).config();
    assertEquals(DatasetName.IMAGE_FOLDER, config.dataset().dataset());
    assertEquals(FakeTraining.DATASET.description().mean(), config.medtrans().imageFolder().mean());
    assertEquals(FakeTraining.DATASET.description().std(), config.medtrans().imageFolder().std());
    assertEquals(
        FakeTraining.DATASET.description().classes(), config.medtrans().imageFolder().classes());
    assertEquals(
        FakeTraining.DATASET.description().channels(), config.medtrans().imageFolder().channels());
  }

  @Test
  void whatDoesNotExistOrFitIsRefused() throws IOException {
    String trained = train();
    wish("00000000-0000-0000-0000-000000000000", "{}").statusCode(404);
    wish(trained, "{\"evaluation\": {\"knm\": true}}")
        .statusCode(400)
        .body("detail", containsString("medtrans.evaluation.knm"));
    wish(trained, "{\"set\": {\"a..b\": 1}}")
        .statusCode(400)
        .body("detail", containsString("a..b"));
    wish(trained, "{\"set\": {\"model_params.backbone_type\": \"resnet50\"}}")
        .statusCode(422)
        .body("code", equalTo("CHECKPOINT_INCOMPATIBLE"));
  }

  @Test
  void resultsAreReadButNothingElseOfTheFolder() throws IOException {
    String trained = train();
    given().get(RUNS + trained + "/results").then().statusCode(404);
    Path folder = artifacts.run(trained);
    Files.writeString(folder.resolve("results.json"), "{\"split\": \"test\"}");
    Files.writeString(folder.resolve("predictions.csv"), "image,group\n");
    Files.createSymbolicLink(folder.resolve("linked.csv"), folder.resolve("predictions.csv"));
    given().get(RUNS + trained + "/results").then().statusCode(200).body("split", equalTo("test"));
    assertEquals(
        "image,group\n",
        given().get(RUNS + trained + "/files/predictions.csv").then().extract().asString());
    Files.createDirectories(folder.resolve("attention"));
    Files.writeString(folder.resolve("attention/a_b.7.png"), "picture");
    Files.writeString(folder.resolve("checkpoints/index.json"), "{}");
    Files.writeString(folder.resolve("best.safetensors"), "weights");
    Files.writeString(folder.resolveSibling("x.json"), "{}");
    Files.createDirectories(folder.resolve("attention/deeper"));
    Files.writeString(folder.resolve("attention/deeper/a.png"), "picture");
    String linked = train();
    Files.createSymbolicLink(
        artifacts.run(linked).resolve("attention"), folder.resolve("attention"));
    file(linked, "attention/a_b.7.png").statusCode(404);
    for (String name : List.of("attention/a_b.7.png", "attention%2Fa_b.7.png")) {
      assertEquals("picture", file(trained, name).statusCode(200).extract().asString());
    }
    for (String name :
        List.of(
            "curves.json",
            "linked.csv",
            "%2E%2E%2Fx.json",
            "attention%2F..%2Fresults.json",
            "attention%2F..%2F..%2Fx.json",
            "attention/deeper/a.png",
            "checkpoints/index.json",
            "best.safetensors")) {
      file(trained, name).statusCode(404);
    }
  }

  private static ValidatableResponse file(String run, String name) {
    return given().urlEncodingEnabled(false).get(RUNS + run + "/files/" + name).then();
  }

  /** A run whose model is there, as far as the gateway can see. */
  private String train() throws IOException {
    String run = Gateway.ended(Gateway.post(Documents.single("trained"))).runs().get(0).id();
    Files.createDirectories(artifacts.run(run).resolve("checkpoints/best"));
    return run;
  }

  private static RunView evaluated(String run, String request) {
    String id = wish(run, request).statusCode(201).extract().path("experiment.id");
    return Gateway.ended(id).runs().get(0);
  }

  private static ValidatableResponse wish(String run, String request) {
    return given()
        .contentType(ContentType.JSON)
        .body(request)
        .post(RUNS + run + "/evaluations")
        .then();
  }
}
