package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeServices;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;

/** Models by name, and an eval-service that uses them. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class ModelsTest {
  private static final String MODELS = "/api/v1/models";

  @Inject Artifacts artifacts;
  FakeServices services;

  @Test
  void modelsAreFoundByAPartOfTheirName() throws IOException {
    String older = train("a_Percent-1");
    String newer = train("a_percent-2");
    train("aXpercent-3");
    given()
        .queryParam("name", "A_PERC")
        .get(MODELS)
        .then()
        .statusCode(200)
        .body("items.run.id", equalTo(List.of(newer, older)))
        .body("items.method", everyItem(equalTo("supervised")))
        .body("items[0].preparedId", equalTo(FakeTraining.DATASET.id()))
        .body("items[0].split.kind", equalTo("seed-compatible"))
        .body("items[0].metrics.test.accuracy", equalTo(0.7f))
        .body("total", equalTo(2));
    given().queryParam("name", "%").get(MODELS).then().body("total", equalTo(0));
    given().queryParam("size", "1").get(MODELS).then().body("items.size()", equalTo(1));
  }

  @Test
  void aNameMeansTheLatestAndTellsOfItsNamesakes() throws IOException {
    String older = train("twice");
    String newer = train("twice");
    given()
        .get(MODELS + "/twice")
        .then()
        .statusCode(200)
        .body("model.run.id", equalTo(newer))
        .body("namesakes.id", equalTo(List.of(older)));
    given().get(MODELS + "/" + older).then().body("model.run.id", equalTo(older));
  }

  @Test
  void whoTestedAModelIsToldAndLeadsToIt() throws IOException {
    String trained = train("tested");
    String evaluation =
        given()
            .contentType(ContentType.JSON)
            .body("{}")
            .post("/api/v1/runs/" + trained + "/evaluations")
            .path("experiment.id");
    String tests = Gateway.ended(evaluation).runs().get(0).id();
    given()
        .get(MODELS + "/" + trained)
        .then()
        .body("tested.id", equalTo(List.of(tests)))
        .body("begun.size()", equalTo(0));
    given().get(MODELS + "/" + tests).then().body("model.run.id", equalTo(trained));
  }

  @Test
  void theFileOfAModelIsHandedOn() throws IOException {
    String run = train("exported");
    byte[] file = {80, 75, 3, 4};
    services.answer(
        MODELS + "/" + run + "/export?format=torchscript", 200, "application/octet-stream", file);
    assertArrayEquals(
        file,
        given()
            .get(MODELS + "/exported/export?format=torchscript")
            .then()
            .statusCode(200)
            .header("Content-Disposition", equalTo("attachment; filename=\"m.pt\""))
            .extract()
            .asByteArray());
    given()
        .get(MODELS + "/exported/export?format=safetensors")
        .then()
        .statusCode(404)
        .body("detail", equalTo("nothing here"));
  }

  @Test
  void anImageIsHandedOnAsItIs() throws IOException {
    String run = train("asked");
    byte[] image = new byte[(1 << 20) + 500_000];
    image[7] = 42;
    String target = MODELS + "/" + run + "/predictions?attention=true";
    services.json(
        target,
        """
        {"runId": "r", "dataset": "d", "task": "BINARY", "attention": "AAAA",
         "classes": [{"name": "<b>", "probability": 0.25, "predicted": true}]}
        """);
    given()
        .contentType("image/png")
        .body(image)
        .post(MODELS + "/asked/predictions?attention=true")
        .then()
        .statusCode(200)
        .body("classes[0].name", equalTo("<b>"))
        .body("classes[0].probability", equalTo(0.25f));
    String sent = services.requests(target).get(0).body();
    assertArrayEquals(image, sent.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void anImageThatIsTooLargeIsRefused() throws IOException {
    train("full");
    given()
        .contentType("image/png")
        .body(new byte[(2 << 20) + 1])
        .post(MODELS + "/full/predictions")
        .then()
        .statusCode(413)
        .body("detail", containsString("allowed are 2097152"));
  }

  @Test
  void aRunWithoutAModelHasNone() {
    String run =
        Gateway.ended(Gateway.post(Documents.comparison(FakeTraining.FAIL))).runs().stream()
            .filter(each -> each.error() != null)
            .findFirst()
            .orElseThrow()
            .id();
    given()
        .get(MODELS + "/" + run)
        .then()
        .statusCode(404)
        .body("detail", containsString("no run has trained it here"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nobody, 404",
    "GET, /nobody/export?format=onnx, 400",
    "GET, /nobody/export?format=safetensors, 404",
    "GET, ?size=0, 400",
    "POST, /nobody/predictions, 404",
    "POST, /nobody/predictions?attention=1, 400",
  })
  void whatIsNotThereOrNotAllowedIsRefused(String method, String path, int status) {
    String type =
        given()
            .contentType("image/png")
            .request(method, MODELS + path)
            .then()
            .statusCode(status)
            .extract()
            .contentType();
    assertEquals("application/problem+json", type.replaceFirst(";.*", ""));
  }

  private String train(String name) throws IOException {
    String run = Gateway.ended(Gateway.post(Documents.single(name))).runs().get(0).id();
    Files.createDirectories(artifacts.run(run).resolve("checkpoints/best"));
    return run;
  }
}
