package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.Gateway;

/** What is asked for is bounded before it is done: the answer says what was found and allowed. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class BoundsTest {
  private static final int LARGE_BODIES = 4;

  /** A resolved file of some 170 kB. */
  private static ObjectNode longFile() {
    ObjectNode document = Documents.single("demo");
    ArrayNode columns = Json.mapper().createArrayNode();
    for (int i = 0; i < 2_000; i++) {
      columns.add(
          "a finding that has a name of nearly eighty characters, and a number in it, " + i);
    }
    Documents.with(document, "dataset_params.dataset", "CSV");
    Documents.with(document, "medtrans.csv.file", "labels.csv");
    Documents.with(document, "medtrans.csv.image_column", "image");
    return Documents.with(document, "medtrans.csv.label_columns", columns);
  }

  @Test
  void aLongFileInManyRunsIsRefusedAndInAFewIsNot() {
    ObjectNode document = longFile();
    int before = given().get(Gateway.EXPERIMENTS).then().extract().path("total");
    for (int repetitions : new int[] {7, 1000}) {
      Documents.with(document, "experiment.repetitions", repetitions);
      Gateway.refused(document, 400)
          .body("code", equalTo("INVALID_REQUEST"))
          .body("detail", containsString("found " + repetitions + " runs with a resolved file of"))
          .body("detail", containsString("allowed: 1048576 in the resolved files"));
    }
    given().get(Gateway.EXPERIMENTS).then().body("total", equalTo(before));
    Documents.with(document, "experiment.repetitions", 5);
    assertEquals(5, Gateway.get(Gateway.post(document)).runs().size());
  }

  @Test
  void ofManyRunsTheFirstAreShownBeforeTheyAreStarted() {
    ObjectNode document = Documents.single("demo");
    for (int runs : new int[] {100, 101}) {
      Documents.with(document, "experiment.repetitions", runs);
      given()
          .contentType(ContentType.JSON)
          .body(Json.write(document))
          .post(Gateway.EXPERIMENTS + "/validate")
          .then()
          .statusCode(200)
          .body("runs", hasSize(100))
          .body("total", equalTo(runs))
          .body("runs[99].config.training_params.model_name", equalTo("demo"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 5_000, 20_000})
  void aPathOfManyStepsIsAnErrorOfTheRequestWhereverItIsGiven(int steps) {
    String path = "a.".repeat(steps - 1) + "a";
    ObjectNode document = Documents.comparison("demo");
    ((ObjectNode) document.at("/experiment/matrix/0/0/set")).put(path, 1);
    Gateway.refused(document, 400).body("detail", containsString("a JSON path of"));

    String run = Gateway.get(Gateway.post(Documents.single("demo"))).runs().get(0).id();
    given()
        .contentType(ContentType.JSON)
        .body(Json.write(Map.of("set", Map.of(path, 1))))
        .post("/api/v1/runs/" + run + "/evaluations")
        .then()
        .statusCode(400)
        .body("detail", containsString("a JSON path of"));
  }

  @Test
  void manyRunsThatBeginWithOneFileAreAccepted() throws IOException {
    var file = GatewayTestStack.DATA.resolve("large-" + UUID.randomUUID() + ".pth");
    try (var out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(100L << 20);
    }
    ObjectNode document = Documents.single("demo");
    Documents.with(document, "experiment.repetitions", 40);
    Documents.with(document, "transfer_learning_params.use_pretrained", true);
    Documents.with(document, "transfer_learning_params.pretrained_model_name", "");
    Documents.with(document, "transfer_learning_params.pretrained_path", file.toString());
    assertEquals(40, Gateway.get(Gateway.post(document)).runs().size());
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aClientHasAsManyStreamsAsAllowedAndIsToldWhenToComeAgain(HttpClient.Version version)
      throws IOException, InterruptedException {
    String id = Gateway.post(Documents.single(FakeTraining.HOLD));
    HttpClient client = HttpClient.newBuilder().version(version).build();
    List<InputStream> streams = new ArrayList<>();
    for (int i = 0; i < GatewayTestStack.STREAMS; i++) {
      streams.add(stream(client, id).body());
    }
    HttpResponse<InputStream> refused = stream(client, id);
    assertEquals(503, refused.statusCode());
    assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
    streams.get(0).close();
    await().until(() -> accepted(client, id, streams));
    // What was said to a stream that its client has left is no error, or this test fails.
    for (InputStream stream : streams) {
      stream.close();
    }
  }

  private static boolean accepted(HttpClient client, String id, List<InputStream> streams)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = stream(client, id);
    streams.add(response.body());
    return response.statusCode() == 200;
  }

  private static HttpResponse<InputStream> stream(HttpClient client, String id)
      throws IOException, InterruptedException {
    return client.send(
        Gateway.request(Gateway.EXPERIMENTS + "/" + id + "/events")
            .header("Accept", "text/event-stream")
            .build(),
        BodyHandlers.ofInputStream());
  }

  @Test
  void ofLargeBodiesAFewAreReadAtATime() throws IOException {
    List<Socket> senders = new ArrayList<>();
    try {
      for (int i = 0; i < LARGE_BODIES; i++) {
        senders.add(beginToSend());
      }
      await().until(() -> "HTTP/1.1 503 Service Unavailable".equals(statusOf(beginToSend())));
    } finally {
      for (Socket sender : senders) {
        finish(sender);
      }
    }
    await().until(() -> posted(longFile()) == 201);
  }

  private static int posted(ObjectNode document) {
    return given()
        .contentType(ContentType.JSON)
        .body(Json.write(document))
        .post(Gateway.EXPERIMENTS)
        .statusCode();
  }

  /** Announces a large body, of which nothing comes. */
  private static Socket beginToSend() throws IOException {
    Socket socket = new Socket("localhost", RestAssured.port);
    OutputStream out = socket.getOutputStream();
    out.write(
        """
        POST %s HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: 500000\r
        \r
        """
            .formatted(Gateway.EXPERIMENTS, GatewayTestStack.TOKEN)
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  /** What is answered before the body has come; empty where nothing is within a moment. */
  private static String statusOf(Socket sender) throws IOException {
    try {
      sender.setSoTimeout(1000);
      return new BufferedReader(
              new InputStreamReader(sender.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    } catch (SocketTimeoutException e) {
      finish(sender);
      return "";
    }
  }

  /** Sends the body, as a client that hangs up is an error in the log. */
  private static void finish(Socket sender) throws IOException {
    try (sender) {
      sender.getOutputStream().write(" ".repeat(500_000).getBytes(StandardCharsets.US_ASCII));
      sender.setSoTimeout(30_000);
      assertEquals('H', sender.getInputStream().read());
    }
  }
}
