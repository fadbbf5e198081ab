package org.medtransformers.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.imaging.phantom.PhantomDataset;

/** What a run comes to when the processes that work on it are killed, frozen or fed bad images. */
class SurvivalIT {
  private static final String FIRST = "data-service";
  private static final String SECOND = "data-service-2";
  private static final Path ROOT = Path.of("target", "survival").toAbsolutePath();
  private static Suite suite;
  private static JsonNode undisturbed;

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    Path data = Files.createDirectories(ROOT.resolve("data"));
    new PhantomDataset(160, 96, 3).write(data);
    suite = Suite.start(Files.createTempDirectory(ROOT, "home"), data);
    undisturbed = suite.awaitEnd(suite.submit(document()));
    assertEquals("SUCCEEDED", state(undisturbed), undisturbed::toPrettyString);
  }

  @AfterAll
  static void stop() {
    if (suite != null) {
      suite.close();
    }
  }

  private static ObjectNode document() throws IOException {
    return Experiments.document(ROOT.resolve("data"));
  }

  private static String state(JsonNode experiment) {
    return experiment.at("/experiment/state").asText();
  }

  private static void assertEndsLikeTheUndisturbedRun(JsonNode experiment) {
    assertEquals("SUCCEEDED", state(experiment), experiment::toPrettyString);
    assertEquals(undisturbed.at("/runs/0/metrics"), experiment.at("/runs/0/metrics"));
  }

  private static List<JsonNode> history(String experiment, String type) {
    return suite.history(experiment, type).toList();
  }

  @Test
  void aKilledTrainerGoesOnAfterItsLastCheckpointAndEndsWithTheSameMetrics() throws IOException {
    String id = suite.submit(document());
    suite.awaitIteration(id, 80);
    suite.awaitCheckpoint(id, 1);
    suite.kill("trainer-service");
    JsonNode experiment = suite.awaitEnd(id);

    List<JsonNode> started = history(id, "training.started.v1");
    List<JsonNode> checkpoints = history(id, "training.checkpointed.v1");
    assertEquals(2, started.size(), started::toString);
    JsonNode resumed = started.get(1);
    int last =
        checkpoints.stream()
            .filter(c -> c.path("attempt").asInt() < resumed.path("attempt").asInt())
            .mapToInt(c -> c.path("iteration").asInt())
            .max()
            .orElseThrow();
    assertEquals(last + 1, resumed.path("firstIteration").asInt());
    assertTrue(last > 0);
    assertEndsLikeTheUndisturbedRun(experiment);
  }

  /** Killed in one of the later of eight epochs of fourteen iterations. */
  @Tag("long")
  @Test
  void aKilledTrainingWithoutLabelsEndsLikeAnUndisturbedOne() throws IOException {
    String undisturbedId = suite.submit(dino());
    JsonNode expected = suite.awaitEnd(undisturbedId);
    assertEquals("SUCCEEDED", state(expected), expected::toPrettyString);

    String id = suite.submit(dino());
    suite.awaitIteration(id, 20);
    suite.awaitCheckpoint(id, 14);
    suite.kill("trainer-service");
    JsonNode experiment = suite.awaitEnd(id);

    assertEquals("SUCCEEDED", state(experiment), experiment::toPrettyString);
    List<JsonNode> started = history(id, "training.started.v1");
    assertEquals(2, started.size(), started::toString);
    assertTrue(started.get(1).path("firstIteration").asInt() > 14, started::toString);
    assertEquals(expected.at("/runs/0/metrics"), experiment.at("/runs/0/metrics"));
    assertEquals(course(expected), course(experiment));
  }

  /** Two global views and two local ones of half their size. */
  private static ObjectNode dino() throws IOException {
    ObjectNode document = document();
    String crop = "{\"RandomResizedCrop\": {\"apply\": true, \"size\": %d, \"scale\": [%s]}}";
    String global = crop.formatted(64, "0.4, 1");
    String local = crop.formatted(32, "0.1, 0.4");
    Overrides.set(
        document,
        "dataset_params.train_transforms",
        Json.parse("[%s, %s, %s, %s]".formatted(global, global, local, local)));
    Overrides.set(document, "medtrans.method", Json.parse("\"dino\""));
    Overrides.set(document, "model_params.DINO", Json.parse("{\"projection_size\": 256}"));
    Overrides.set(document, "training_params.epochs", Json.parse("8"));
    Overrides.set(document, "training_params.val_every", Json.parse("1"));
    return document;
  }

  private static List<String> course(JsonNode experiment) {
    return Experiments.course(suite.run(experiment.at("/runs/0/id").asText()));
  }

  @Test
  void aTrainerThatIsFrozenBeyondItsLeaseChangesNothingWhenItWakes() throws Exception {
    String id = suite.submit(document());
    suite.awaitIteration(id, 20);
    suite.freeze("trainer-service", Suite.LEASE.plusSeconds(3));
    assertEndsLikeTheUndisturbedRun(suite.awaitEnd(id));
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"gateway", FIRST + " " + SECOND, "kafka", "postgres"})
  void partsThatAreKilledAreMissedByNobody(String parts) throws IOException {
    String id = suite.submit(document());
    suite.awaitIteration(id, 10);
    Stream.of(parts.split(" ")).forEach(suite::kill);
    assertEndsLikeTheUndisturbedRun(suite.awaitEnd(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST, SECOND})
  void aReplicaThatDiesAndStaysDeadIsMissedByNobody(String replica) throws Exception {
    suite.unsupervised(
        () -> {
          String id = suite.submit(document());
          suite.awaitIteration(id, 10);
          suite.kill(replica);
          assertEndsLikeTheUndisturbedRun(suite.awaitEnd(id));
          assertThrows(ConnectException.class, () -> Batches.get(suite.url(replica)));
          assertEquals(1, history(id, "training.started.v1").size());
          return null;
        });
  }

  @Test
  void aLoaderMadeOnOneReplicaIsServedByAnotherWithTheSameBytes() throws Exception {
    JsonNode prepared =
        history(undisturbed.at("/experiment/id").asText(), "dataset.prepared.v1").get(0);
    Batches batches =
        Batches.register(suite.url(FIRST), prepared.at("/dataset/id").asText(), suite.home());
    assertEquals(401, Batches.get(suite.url(FIRST).resolve("/api/v1/datasets")).statusCode());
    byte[] before = batches.from(suite.url(FIRST));
    suite.unsupervised(
        () -> {
          suite.kill(FIRST);
          assertArrayEquals(before, batches.from(suite.url(SECOND)));
          return null;
        });
    assertArrayEquals(before, batches.from(suite.url(FIRST)));
  }

  @Test
  void whatAKilledReplicaWasPreparingIsPreparedByTheOther() throws Exception {
    Path data = Files.createDirectories(ROOT.resolve("data/larger"));
    new PhantomDataset(400, 192, 5).write(data);
    ObjectNode document = Experiments.document(data);
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

  @Test
  void aKilledEvaluationIsDoneAgain() throws IOException {
    String id = suite.submit(document());
    String run = suite.experiment(id).at("/runs/0/id").asText();
    suite.awaitLog("Attempt 1 of evaluate " + run, "eval-service");
    suite.kill("eval-service");
    assertEndsLikeTheUndisturbedRun(suite.awaitEnd(id));
    assertTrue(suite.log("eval-service").contains("Attempt 2 of evaluate " + run));
  }

  @Tag("long")
  @Test
  void aBrokerThatIsAwayForHalfAMinuteLosesNothing() throws Exception {
    String id = suite.submit(document());
    suite.awaitIteration(id, 10);
    suite.freeze("kafka", Duration.ofSeconds(30));
    JsonNode experiment = suite.awaitEnd(id);
    assertEndsLikeTheUndisturbedRun(experiment);
    JsonNode run = suite.run(experiment.at("/runs/0/id").asText());
    List<Integer> iterations =
        StreamSupport.stream(run.path("progress").spliterator(), false)
            .map(p -> p.path("iteration").asInt())
            .toList();
    assertEquals(iterations.stream().distinct().sorted().toList(), iterations);
    assertEquals(5, run.path("validations").size());
  }

  @Test
  void aBadImageFailsItsRunByNameAndTheOthersGoOn() throws IOException {
    Path bad = Files.createDirectories(ROOT.resolve("data/bad"));
    new PhantomDataset(40, 96, 4).write(bad);
    Path broken = anyImage(bad);
    Files.write(broken, new byte[] {1, 2, 3});
    ObjectNode document = document();
    Overrides.set(document, "training_params.epochs", Json.parse("1"));
    Overrides.set(
        document,
        "experiment.matrix",
        Json.parse(
            """
            [[{"label": "bad", "set": {"dataset_params.data_location": "%s"}}, {"label": "good"}]]
            """
                .formatted(bad)));
    JsonNode experiment = suite.awaitEnd(suite.submit(document));
    assertEquals("FAILED", state(experiment));
    assertEquals("FAILED", experiment.at("/runs/0/state").asText());
    assertTrue(
        experiment.at("/runs/0/error/message").asText().contains(broken.getFileName().toString()),
        experiment.at("/runs/0/error")::toString);
    assertEquals("SUCCEEDED", experiment.at("/runs/1/state").asText());
  }

  private static Path anyImage(Path location) throws IOException {
    try (Stream<Path> images = Files.list(location.resolve("APTOS2019/train_images"))) {
      return images.sorted().findFirst().orElseThrow();
    }
  }
}
