package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;

@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class DeletionTest {
  @Inject Artifacts artifacts;

  @Test
  void aFinishedExperimentGoesWithItsArtifactsAndNothingElse() throws IOException {
    String id = Gateway.post(Documents.single("demo"));
    String run = Gateway.ended(id).runs().get(0).id();
    Path precious = Files.writeString(GatewayTestStack.DATA.resolve("precious.txt"), "keep");
    Path folder = Files.createDirectories(artifacts.run(run).resolve("checkpoints/best"));
    Files.writeString(folder.resolve("model.safetensors"), "weights");
    Files.createSymbolicLink(artifacts.run(run).resolve("data"), GatewayTestStack.DATA);

    delete(id, 204);

    assertFalse(Files.exists(artifacts.run(run)));
    assertTrue(Files.exists(precious));
    given().get(Gateway.EXPERIMENTS + "/" + id).then().statusCode(404);
    given().get("/api/v1/runs/" + run).then().statusCode(404);
    delete(id, 404);
  }

  @Test
  void aRunFolderThatIsALinkLosesTheLinkOnly() throws IOException {
    String id = Gateway.post(Documents.single("demo"));
    String run = Gateway.ended(id).runs().get(0).id();
    Path elsewhere = Files.createDirectories(GatewayTestStack.DATA.resolve("elsewhere"));
    Path precious = Files.writeString(elsewhere.resolve("precious.txt"), "keep");
    Files.createDirectories(artifacts.run(run).getParent());
    Files.createSymbolicLink(artifacts.run(run), elsewhere);

    delete(id, 204);

    assertFalse(Files.isSymbolicLink(artifacts.run(run)));
    assertTrue(Files.exists(precious));
  }

  @Test
  void aRunningExperimentStays() {
    String id = Gateway.post(Documents.single(FakeTraining.HOLD));
    Gateway.allIn(id, RunState.TRAINING);
    delete(id, 409);
    given()
        .get(Gateway.EXPERIMENTS + "/" + id)
        .then()
        .statusCode(200)
        .body("experiment.state", equalTo("RUNNING"));
  }

  private static void delete(String id, int status) {
    given().delete(Gateway.EXPERIMENTS + "/" + id).then().statusCode(status);
  }
}
