package org.medtransformers.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.imaging.phantom.PhantomDataset;

/** Two replicas of the data-service, of which one dies and stays dead. */
class ReplicasIT {
  private static final String FIRST = "data-service";
  private static final String SECOND = "data-service-2";
  private static final Path ROOT = Path.of("target", "replicas").toAbsolutePath();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Suite suite;
  private static JsonNode undisturbed;

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    Path data = Files.createDirectories(ROOT.resolve("data"));
    new PhantomDataset(160, 96, 3).write(data);
    suite = Suite.start(Files.createTempDirectory(ROOT, "home"), data, 2);
    undisturbed = suite.awaitEnd(suite.submit(Suite.document(data)));
    assertEquals("SUCCEEDED", state(undisturbed), undisturbed::toPrettyString);
  }

  @AfterAll
  static void stop() {
    if (suite != null) {
      suite.close();
    }
  }

  private static String state(JsonNode experiment) {
    return experiment.at("/experiment/state").asText();
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST, SECOND})
  void aReplicaThatDiesDuringAnEpochIsMissedByNobody(String replica) throws Exception {
    suite.unsupervised(
        () -> {
          String id = suite.submit(Suite.document(ROOT.resolve("data")));
          suite.awaitIteration(id, 10);
          suite.kill(replica);
          JsonNode experiment = suite.awaitEnd(id);
          assertThrows(ConnectException.class, () -> get(suite.url(replica)));
          assertEquals("SUCCEEDED", state(experiment), experiment::toPrettyString);
          assertEquals(undisturbed.at("/runs/0/metrics"), experiment.at("/runs/0/metrics"));
          assertEquals(1, suite.history(id, "training.started.v1").count());
          return null;
        });
  }

  @Test
  void aLoaderMadeOnOneReplicaIsServedByAnotherWithTheSameBytes() throws Exception {
    String batches = loader() + "/epochs/1/batches/";
    byte[] before = epoch(FIRST, batches);
    suite.unsupervised(
        () -> {
          suite.kill(FIRST);
          assertArrayEquals(before, epoch(SECOND, batches));
          return null;
        });
    assertArrayEquals(before, epoch(FIRST, batches));
  }

  /** Makes a loader of four batches known to the first replica; gives its path. */
  private static String loader() throws IOException, InterruptedException {
    String datasets = new String(get(suite.url(FIRST).resolve("/api/v1/datasets")).body(), UTF_8);
    String prepared = Json.parse(datasets).at("/items/0/dataset/id").asText();
    HttpResponse<String> made =
        HTTP.send(
            HttpRequest.newBuilder(suite.url(FIRST).resolve("/api/v1/loaders"))
                .header("content-type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"preparedId": "%s", "split": "train", "batchSize": 28, "shuffle": true,
                         "dropLast": false, "seed": 11, "views": [{"Normalize": true,
                         "RandomResizedCrop": {"apply": true, "size": 32, "scale": [0.5, 1]},
                         "ColorJitter": {"apply": true, "hue": 0.1, "brightness": 0.4}}]}
                        """
                            .formatted(prepared)))
                .build(),
            BodyHandlers.ofString());
    assertEquals(201, made.statusCode(), made::body);
    return "/api/v1/loaders/" + Json.parse(made.body()).path("id").asText();
  }

  private static byte[] epoch(String replica, String batches)
      throws IOException, InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int batch = 0; batch < 4; batch++) {
      HttpResponse<byte[]> response = get(suite.url(replica).resolve(batches + batch));
      assertEquals(200, response.statusCode());
      all.write(response.body());
    }
    return all.toByteArray();
  }

  private static HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
  }

  @Test
  void whatAKilledReplicaWasPreparingIsPreparedByTheOther() throws Exception {
    Path data = Files.createDirectories(ROOT.resolve("data/larger"));
    new PhantomDataset(1200, 192, 5).write(data);
    ObjectNode document = Suite.document(data);
    Overrides.set(document, "training_params.epochs", Json.parse("1"));
    suite.unsupervised(
        () -> {
          String id = suite.submit(document);
          String run = suite.experiment(id).at("/runs/0/id").asText();
          String preparer = suite.awaitLog("Attempt 1 of prepare " + run, FIRST, SECOND);
          suite.kill(preparer);
          JsonNode experiment = suite.awaitEnd(id);
          assertEquals("SUCCEEDED", state(experiment), experiment::toPrettyString);
          String other = preparer.equals(FIRST) ? SECOND : FIRST;
          assertTrue(suite.log(other).contains("Attempt 2 of prepare " + run));
          return null;
        });
  }
}
