package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.Gateway;

/** Whatever is wrong, the answer is a problem document that says what. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class BadInputTest {
  private static final String NOBODY = "3f0c2b7e-0000-4000-8000-000000000009";

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"x\"", "{", "{\"a\":1,\"a\":2}", "{} {}", "{'a':1}"})
  void aBodyThatIsNoDocumentIsRefused(String body) {
    for (String path : new String[] {"", "/validate"}) {
      problem(
              given().contentType(ContentType.JSON).body(body).post(Gateway.EXPERIMENTS + path),
              400)
          .body("code", equalTo("INVALID_REQUEST"));
    }
  }

  @Test
  void aMistakeNamesItsPathAndTheNearestKey() {
    ObjectNode document = Documents.single("demo");
    Documents.with(document, "training_params.epoch", 3);
    refused(document, 400).body("detail", containsString("training_params.epoch"));
  }

  @Test
  void whatIsNotBuiltSaysSo() {
    ObjectNode document = Documents.single("demo");
    Documents.with(document, "system_params.use_GPU", true);
    Documents.with(document, "system_params.which_GPUs", "0,1");
    refused(document, 422).body("code", equalTo("NOT_BUILT_YET"));
  }

  @Test
  void textThatNoDatabaseHoldsIsRefused() {
    ObjectNode label = Documents.comparison("demo");
    Documents.with(label, "experiment.matrix[0][0].label", "a\u0000b");
    refused(label, 400).body("detail", containsString("label"));
    ObjectNode checkpoint = Documents.single("demo");
    Documents.with(checkpoint, "medtrans.test_only", true);
    Documents.with(checkpoint, "medtrans.checkpoint", "a\u0000b");
    refused(checkpoint, 404);
    ObjectNode folder = Documents.single("demo");
    Documents.with(folder, "dataset_params.data_location", "/a\u0000b");
    refused(folder, 403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc", "/", "phantom", "../data", "/nowhere/at/all"})
  void dataOutsideTheRootsIsForbidden(String location) {
    forbidden(location);
  }

  @ParameterizedTest
  @CsvSource({"/etc/passwd, 403", "net.pth, 403", "nowhere.pth, 400"})
  void weightsOutsideTheRootsAreForbiddenAndMissingOnesTold(String file, int status) {
    ObjectNode document = Documents.single("demo");
    boolean below = file.startsWith("nowhere");
    Documents.with(document, "model_params.pretrained", true);
    Documents.with(
        document,
        "medtrans.weights_file",
        below ? GatewayTestStack.DATA.resolve(file).toString() : file);
    refused(document, status).body("detail", containsString("medtrans.weights_file"));
  }

  @Test
  void dataOutsideTheRootsIsForbiddenByWayOfDotsAndLinksToo() throws IOException {
    forbidden(GatewayTestStack.DATA + "/../../../..");
    Path link = GatewayTestStack.DATA.resolve("link-to-etc");
    if (!Files.isSymbolicLink(link)) {
      Files.createSymbolicLink(link, Path.of("/etc"));
    }
    forbidden(link.toString());
  }

  @Test
  void dataThatIsNotThereIsInvalid() {
    ObjectNode document = Documents.single("demo");
    String missing = GatewayTestStack.DATA.resolve("missing").toString();
    Documents.with(document, "dataset_params.data_location", missing);
    refused(document, 422)
        .body("code", equalTo("DATASET_INVALID"))
        .body("detail", containsString(missing));
  }

  @Test
  void anotherContentTypeIsNotSupported() {
    problem(given().contentType("text/xml").body("<a/>").post(Gateway.EXPERIMENTS), 415);
  }

  @Test
  void anotherAnswerThanOffersIsNotAcceptable() {
    problem(given().accept("image/png").get(Gateway.EXPERIMENTS + "/" + NOBODY), 406);
  }

  @Test
  void aBodyOfMoreThanAMebibyteIsTooLarge() {
    String large = "{\"a\":\"" + "x".repeat(1024 * 1024) + "\"}";
    problem(given().contentType(ContentType.JSON).body(large).post(Gateway.EXPERIMENTS), 413);
  }

  @Test
  void aBodyThatDoesNotSayHowLargeItIsIsCounted() throws IOException, InterruptedException {
    byte[] large = ("{\"a\":\"" + "x".repeat(1024 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        Gateway.request(Gateway.EXPERIMENTS)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(413, response.statusCode());
    assertEquals(
        "application/problem+json", response.headers().firstValue("content-type").orElse(""));
  }

  @ParameterizedTest
  @CsvSource({"page=-1", "page=x", "size=0", "size=101", "size=1e3", "page=99999999999"})
  void aPageOutOfBoundsIsRefused(String query) {
    problem(given().get(Gateway.EXPERIMENTS + "?" + query), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {NOBODY, "1-1-1-1-1", "nobody", "..%2F..%2Fetc", "%00", "%F0%9F%A6%B4"})
  void anUnknownIdIsNotFoundWhereverItIsUsed(String id) {
    String experiment = Gateway.EXPERIMENTS + "/" + id;
    notFound(raw().get(experiment));
    notFound(raw().get(experiment + "/table"));
    notFound(raw().accept("text/plain").get(experiment + "/table"));
    notFound(raw().get(experiment + "/events"));
    notFound(raw().post(experiment + "/cancel"));
    notFound(raw().delete(experiment));
    notFound(raw().get("/api/v1/runs/" + id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1"})
  void aLastEventIdThatIsNoneIsRefused(String lastEventId) {
    String id = Gateway.post(Documents.single("demo"));
    problem(
        given()
            .header("Last-Event-ID", lastEventId)
            .get(Gateway.EXPERIMENTS + "/" + id + "/events"),
        400);
  }

  @Test
  void anUnknownPathAndAnotherMethodAreProblemsToo() {
    problem(given().get("/api/v1/experimentz"), 404);
    problem(given().put(Gateway.EXPERIMENTS), 405);
    problem(given().post("/api/v1/runs/" + NOBODY), 405);
  }

  private static RequestSpecification raw() {
    return given().urlEncodingEnabled(false);
  }

  private static void notFound(Response response) {
    problem(response, 404).body("code", equalTo("NOT_FOUND"));
  }

  private static void forbidden(String location) {
    ObjectNode document = Documents.single("demo");
    Documents.with(document, "dataset_params.data_location", location);
    refused(document, 403)
        .body("code", equalTo("PATH_NOT_ALLOWED"))
        .body("detail", containsString("dataset_params.data_location"));
  }

  private static ValidatableResponse refused(ObjectNode document, int status) {
    int before = given().get(Gateway.EXPERIMENTS).then().extract().path("total");
    ValidatableResponse refused =
        problem(
            given()
                .contentType(ContentType.JSON)
                .body(Json.write(document))
                .post(Gateway.EXPERIMENTS),
            status);
    given().get(Gateway.EXPERIMENTS).then().body("total", equalTo(before));
    return refused;
  }

  private static ValidatableResponse problem(Response response, int status) {
    return response
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("detail", notNullValue());
  }
}
