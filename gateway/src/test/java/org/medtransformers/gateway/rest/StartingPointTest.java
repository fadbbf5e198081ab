package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.data.StartingPoint.Use;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.files.RunManifest;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;

/** Beginning with a model that an earlier run, or somebody else, has trained. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class StartingPointTest {
  private static final String TRANSFER = "transfer_learning_params";

  @Inject FakeWorkers workers;
  @Inject Artifacts artifacts;
  private final String name = "model-" + UUID.randomUUID();

  @Test
  void aBackboneIsFoundByItsModelName() throws IOException {
    String source = train(Documents.single(name));
    ExperimentView view = Gateway.ended(Gateway.post(transfer(name, "")));
    assertEquals(
        new StartingPoint(Use.BACKBONE, source, "runs/" + source + "/checkpoints/best", null),
        start(view));
    assertEquals("transfer (" + name + ")", view.runs().get(0).initialisation());
  }

  @Test
  void whatIsTrainedLaterUnderTheSameNameChangesNothing() throws IOException {
    String first = train(Documents.single(name));
    String begun = Gateway.post(transfer(name, ""));
    train(Documents.single(name));
    assertEquals(first, start(Gateway.ended(begun)).runId());
  }

  @Test
  void aBackboneThatIsNotThereOrDoesNotFitIsRefusedByItsKey() throws IOException {
    Gateway.refused(transfer("never-trained", ""), 404)
        .body("detail", containsString(TRANSFER + ".pretrained_model_name: never-trained"));

    String id = Gateway.post(Documents.single(FakeTraining.HOLD));
    String running = Gateway.allIn(id, RunState.TRAINING).runs().get(0).id();
    Gateway.refused(transfer(running, ""), 404).body("detail", containsString("TRAINING"));

    train(Documents.single(name));
    ObjectNode other = transfer(name, "");
    Documents.with(other, "model_params.backbone_type", "deit_tiny");
    Gateway.refused(other, 422)
        .body("code", equalTo("CHECKPOINT_INCOMPATIBLE"))
        .body("detail", containsString("model_params.backbone_type"));
  }

  @Test
  void aFileIsPinnedByItsHash() throws IOException {
    Path file = Files.writeString(GatewayTestStack.DATA.resolve(name + ".pth"), "weights");
    ExperimentView view = Gateway.ended(Gateway.post(transfer("", file.toString())));
    assertEquals(
        new StartingPoint(Use.BACKBONE, null, file.toRealPath().toString(), Sha256.of(file)),
        start(view));
    assertEquals("transfer (" + name + ".pth)", view.runs().get(0).initialisation());

    ExperimentView joined =
        Gateway.ended(Gateway.post(transfer(name + ".pth", file.getParent().toString())));
    assertEquals(start(view), start(joined));
  }

  @Test
  void aFileMustLieBelowTheRoots() throws IOException {
    Path outside = Files.createTempFile("weights", ".pth");
    Gateway.refused(transfer("", outside.toString()), 403)
        .body("code", equalTo("PATH_NOT_ALLOWED"))
        .body("detail", containsString(TRANSFER + ".pretrained_path"));
    Gateway.refused(transfer("", GatewayTestStack.DATA.resolve("missing.pth").toString()), 404);
    Gateway.refused(transfer("", "relative.pth"), 403);
  }

  @Test
  void aSessionIsGoneOnWithIfNothingButItsLengthChanges() throws IOException {
    ObjectNode shorter = with(Documents.single(name), "training_params.epochs", 2);
    String source = train(with(shorter, "medtrans.retention", "PT1H"));
    ObjectNode longer = with(Documents.single(name), "training_params.epochs", 4);
    with(longer, "training_params.restore_session", true);
    ExperimentView view = Gateway.ended(Gateway.post(longer));
    assertEquals(new StartingPoint(Use.SESSION, source, "runs/" + source, null), start(view));
    assertEquals("restored (" + name + ")", view.runs().get(0).initialisation());
  }

  @Test
  void aSessionOfAnotherTrainingIsRefused() throws IOException {
    train(with(Documents.single(name), "training_params.epochs", 2));
    ObjectNode session = with(Documents.single(name), "training_params.restore_session", true);
    Gateway.refused(with(session.deepCopy(), "training_params.epochs", 2), 422)
        .body("detail", containsString("training_params.epochs: found 2"));

    with(session, "training_params.epochs", 4);
    Gateway.refused(with(session.deepCopy(), "training_params.grad_clipping", 0.25), 422)
        .body("code", equalTo("CHECKPOINT_INCOMPATIBLE"))
        .body("detail", containsString("training_params.grad_clipping: found 0.25"));
    Gateway.refused(with(session.deepCopy(), "experiment.seed", 9), 404)
        .body("detail", containsString("has the seed 9"));
    Gateway.refused(with(session.deepCopy(), "training_params.model_name", "nobody"), 404);
  }

  @Test
  void theWeightsAloneMayBeTrainedInAnotherWay() throws IOException {
    String source = train(Documents.single(name));
    ObjectNode document = with(Documents.single(name), "training_params.restore_only_model", true);
    with(document, "training_params.grad_clipping", 0.25);
    assertEquals(
        new StartingPoint(Use.NETWORK, source, "runs/" + source + "/checkpoints/best", null),
        start(Gateway.ended(Gateway.post(document))));
  }

  @Test
  void aRunWithoutAStartBeginsWithFirstWeights() {
    assertNull(start(Gateway.ended(Gateway.post(Documents.single(name)))));
  }

  @Test
  void aModelThatIsBegunWithIsNotDeleted() throws IOException {
    String source = train(Documents.single(name));
    String experiment = given().get("/api/v1/runs/" + source).then().extract().path("experimentId");
    ObjectNode waiting = transfer(name, "");
    Path silent = Files.createDirectories(GatewayTestStack.DATA.resolve(FakeWorkers.NO_ANSWER));
    Gateway.post(with(waiting, "dataset_params.data_location", silent.toString()));
    given().delete(Gateway.EXPERIMENTS + "/" + experiment).then().statusCode(409);
  }

  @Test
  void aCopyOfAModelIsTestedWhereItLies() throws IOException {
    String source = train(Documents.single(name));
    TrainingEvent.Requested request =
        workers.commands(source, TrainingEvent.Requested.class).get(0);
    Path copy = Files.createDirectories(GatewayTestStack.DATA.resolve("copy-" + name));
    Path weights = Files.writeString(copy.resolve(RunManifest.WEIGHTS), "weights");
    ObjectNode document = with(Documents.single(name), "medtrans.test_only", true);
    with(document, "medtrans.checkpoint", copy.toString());
    Gateway.refused(document, 404).body("detail", containsString("there is no run.json beside it"));

    RunManifest.of(request).write(copy);
    String run = Gateway.ended(Gateway.post(document)).runs().get(0).id();
    EvaluationEvent.Requested command =
        workers.commands(run, EvaluationEvent.Requested.class).get(0);
    assertEquals(copy.toRealPath().toString(), command.checkpoint());
    assertEquals(Sha256.of(weights), command.weightsSha256());

    Gateway.refused(with(document, "model_params.backbone_type", "resnet50"), 422)
        .body("code", equalTo("CHECKPOINT_INCOMPATIBLE"));
  }

  private StartingPoint start(ExperimentView view) {
    return workers.commands(view.runs().get(0).id(), TrainingEvent.Requested.class).get(0).start();
  }

  /** A run whose model is there, as far as the gateway can see. */
  private String train(ObjectNode document) throws IOException {
    String run = Gateway.ended(Gateway.post(document)).runs().get(0).id();
    Files.createDirectories(artifacts.run(run).resolve("checkpoints/best"));
    return run;
  }

  private static ObjectNode transfer(String modelName, String path) {
    ObjectNode document = Documents.single("transferred");
    with(document, TRANSFER + ".use_pretrained", true);
    with(document, TRANSFER + ".pretrained_model_name", modelName);
    return with(document, TRANSFER + ".pretrained_path", path);
  }

  private static ObjectNode with(ObjectNode document, String path, Object value) {
    return Documents.with(document, path, value);
  }
}
