package org.medtransformers.gateway.retention;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.Cleanup;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.files.Disk;
import org.medtransformers.files.FolderSize;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.CloudEvents;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.gateway.fakes.PlainKafka;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;

/** What goes when, and what stays since somebody needs it. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class CleanupTest {
  private static final String BEST = "best";
  private static final String LAST = "attempt-00001-iteration-000000000020";
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MOMENT = Duration.ofMinutes(1);

  @Inject Artifacts artifacts;
  @Inject Database database;
  private final String name = "model-" + UUID.randomUUID();

  /** What other tests have left is due, too, and none of their runs waits for a set. */
  @BeforeEach
  void clear() {
    database.update(
        "UPDATE run SET state_since = now() WHERE state = 'PREPARING' AND ended_at IS NULL");
    clean(false);
  }

  @AfterEach
  void removeSets() throws IOException {
    new Disk().delete(artifacts.root().resolve("datasets"));
  }

  @Test
  void ofASuccessTheWeightsOfItsModelStayAndNothingElseToGoOnWith() throws IOException {
    String run = trained(Documents.single(name));
    clean(false);
    assertEquals(List.of("manifest.json", "model.safetensors"), files(run, BEST));
    assertFalse(Files.exists(checkpoints(run).resolve(LAST)));
    assertTrue(Files.exists(artifacts.run(run).resolve("results.json")));
  }

  @Test
  void whatIsToldBeforeIsWhatIsDone() throws IOException {
    String run = trained(Documents.single(name));
    prepared('a', Duration.ofDays(2), 6_000);
    prepared('b', Duration.ofDays(1), 6_000);
    long before = FolderSize.of(artifacts.root());
    Cleanup told = clean(true);
    assertEquals(before, FolderSize.of(artifacts.root()));
    assertEquals(before, FolderSize.of(artifacts.root()));
    Cleanup done = clean(false);
    assertEquals(told.items(), done.items());
    assertEquals(List.of(1L, 0L, 1L, 0L), done.items().stream().map(Cleanup.Item::count).toList());
    long freed = item(done, EndedRuns.KIND).bytes() + item(done, PreparedSets.KIND).bytes();
    long mark = Files.size(checkpoints(run).resolve("last.json"));
    assertEquals(before - freed + mark, FolderSize.of(artifacts.root()));
    assertTrue(
        clean(false).items().stream().allMatch(item -> item.count() == 0), "nothing is left to do");
  }

  @Test
  void theFileOfARunSaysHowLongItsLastCheckpointStays() throws IOException {
    String run = trained(Documents.with(Documents.single(name), "medtrans.retention", "PT12H"));
    assertKeptFor(Duration.ofHours(12), run);
  }

  @Test
  void aFailureKeepsItsLastCheckpointForAMonth() throws IOException {
    ObjectNode document = Documents.comparison(FakeTraining.FAIL);
    String experiment = Gateway.post(document);
    String failed =
        Gateway.ended(experiment).runs().stream()
            .filter(run -> run.state() == RunState.FAILED)
            .findFirst()
            .orElseThrow()
            .id();
    leave(failed);
    Files.writeString(checkpoints(failed).resolve("best.json"), "{\"checkpoint\":\"best\"}");
    assertKeptFor(MONTH, failed);
    assertEquals(List.of("manifest.json", "model.safetensors"), files(failed, BEST));
  }

  private void assertKeptFor(Duration retention, String run) {
    endedBefore(run, retention.minus(MOMENT));
    clean(false);
    assertTrue(Files.exists(checkpoints(run).resolve(LAST)), "just before");
    endedBefore(run, retention.plus(MOMENT));
    clean(false);
    assertFalse(Files.exists(checkpoints(run).resolve(LAST)), "just after");
  }

  @Test
  void aRunAtWorkLosesNothing() throws IOException {
    String experiment = Gateway.post(Documents.single(FakeTraining.HOLD));
    String run = Gateway.allIn(experiment, RunState.TRAINING).runs().get(0).id();
    leave(run);
    clean(false);
    assertEquals(4, files(run, LAST).size());
    assertEquals(4, files(run, BEST).size());
  }

  /** Which model it tests or begins with may be any of the run's, named by its path. */
  @Test
  void aRunKeepsAllWhileAnotherWaitsForIt() throws IOException {
    String run = trained(Documents.single(name));
    Path silent = Files.createDirectories(GatewayTestStack.DATA.resolve(FakeWorkers.NO_ANSWER));
    ObjectNode transfer = Documents.single("transferred");
    Documents.with(transfer, "transfer_learning_params.use_pretrained", true);
    Documents.with(transfer, "transfer_learning_params.pretrained_model_name", name);
    Documents.with(transfer, "dataset_params.data_location", silent.toString());
    String waiting = Gateway.post(transfer);
    clean(false);
    assertEquals(4, files(run, LAST).size());

    end(Gateway.get(waiting).runs().get(0).id());
    clean(false);
    assertFalse(Files.exists(checkpoints(run).resolve(LAST)));
  }

  /** With the weights that stay anyway: what its training alone goes on with is not kept for it. */
  @Test
  void aLaterPhaseFindsTheModelOfTheOneBefore() throws IOException {
    ObjectNode document =
        Documents.with(
            Documents.single(FakeTraining.HOLD),
            "experiment.phases",
            List.of(
                Map.of("method", "supervised", "set", Map.of("training_params.model_name", name)),
                Map.of("method", "supervised")));
    List<RunView> runs =
        Gateway.until(
                Gateway.post(document),
                view ->
                    view.runs().get(0).state() == RunState.SUCCEEDED
                        && view.runs().get(1).state() == RunState.TRAINING)
            .runs();
    leave(runs.get(0).id());
    leave(runs.get(1).id());
    clean(false);
    assertEquals(List.of("manifest.json", "model.safetensors"), files(runs.get(0).id(), BEST));
    assertFalse(Files.exists(checkpoints(runs.get(0).id()).resolve(LAST)));
    assertEquals(4, files(runs.get(1).id(), LAST).size());
  }

  @Test
  void aSessionThatWasRemovedIsRefusedByItsKeyAndAKeptOneIsNot() throws IOException {
    ObjectNode document = Documents.with(Documents.single(name), "training_params.epochs", 2);
    trained(document);
    clean(false);
    ObjectNode longer = Documents.with(Documents.single(name), "training_params.epochs", 4);
    Documents.with(longer, "training_params.restore_session", true);
    Gateway.refused(longer, 404)
        .body("detail", containsString("training_params.restore_session"))
        .body("detail", containsString("medtrans.retention"));

    trained(Documents.with(document, "medtrans.retention", "PT1H"));
    clean(false);
    Gateway.ended(Gateway.post(longer));
  }

  /** A stack may be stopped as soon as its run has ended. */
  @Test
  void theEndOfARunIsWhenItsCheckpointsGo() throws IOException {
    String experiment = Gateway.post(Documents.single(FakeTraining.HOLD));
    String run = Gateway.allIn(experiment, RunState.TRAINING).runs().get(0).id();
    leave(run);
    PlainKafka.send(
        CloudEvents.record(
            new TrainingEvent.Completed(
                run, 1, 20, 20, "checkpoints/" + BEST, null, null, null, List.of())));
    Gateway.allIn(experiment, RunState.SUCCEEDED);
    await().atMost(MOMENT).until(() -> Files.notExists(checkpoints(run).resolve(LAST)));
    awaitCleaned(run);
    assertEquals(List.of("manifest.json", "model.safetensors"), files(run, BEST));
  }

  @Test
  void whatAnAbandonedWorkerLeavesOfADeletedRunGoesWhenItIsSilentForADay() throws IOException {
    String experiment = Gateway.post(Documents.single(name));
    String run = Gateway.ended(experiment).runs().get(0).id();
    given().delete(Gateway.EXPERIMENTS + "/" + experiment).then().statusCode(204);
    leaveFiles(run);
    Path late = checkpoints(run).resolve(LAST).resolve("learner.json");
    writtenBefore(run, Duration.ofDays(2));
    Files.setLastModifiedTime(late, ago(DAY.minus(MOMENT)));
    assertEquals(0, item(clean(false), DeletedRuns.KIND).count());
    assertTrue(Files.exists(late), "somebody may still write");

    Files.setLastModifiedTime(late, ago(DAY.plus(MOMENT)));
    long bytes = FolderSize.of(artifacts.run(run));
    assertEquals(new Cleanup.Item("orphans", 1, bytes), item(clean(true), DeletedRuns.KIND));
    assertTrue(Files.exists(late), "a dry run");
    assertEquals(new Cleanup.Item("orphans", 1, bytes), item(clean(false), DeletedRuns.KIND));
    assertFalse(Files.exists(artifacts.run(run)));
  }

  /** As of a database that was restored or made anew: its model may be the only one. */
  @Test
  void theFolderOfARunThatIsNotKnownStays() throws IOException {
    String run = UUID.randomUUID().toString();
    leaveFiles(run);
    writtenBefore(run, Duration.ofDays(400));
    clean(false);
    assertTrue(Files.exists(checkpoints(run).resolve(LAST).resolve("learner.json")));
    new Disk().delete(artifacts.run(run));
  }

  private void writtenBefore(String run, Duration ago) throws IOException {
    try (Stream<Path> files = Files.walk(artifacts.run(run))) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, ago(ago));
      }
    }
  }

  private static FileTime ago(Duration ago) {
    return FileTime.from(Instant.now().minus(ago));
  }

  /** Its lock is a folder, whatever one does. */
  @Test
  void whatCannotBeRemovedIsToldAndHindersNothingElse() throws IOException {
    Path stuck = prepared('a', Duration.ofDays(4), 20_000);
    Path spare = prepared('b', Duration.ofDays(3), 20_000);
    Path lock = artifacts.root().resolve("datasets/.locks").resolve("a".repeat(64));
    Files.createDirectories(lock.resolve("in the way"));
    Files.setLastModifiedTime(lock, ago(Duration.ofDays(4)));
    String run = trained(Documents.single(name));
    endedBefore(run, MONTH.plus(MOMENT));
    Cleanup cleanup = clean(false);
    assertEquals(1, cleanup.failures().size(), cleanup.failures().toString());
    assertTrue(
        cleanup.failures().get(0).startsWith("prepared set " + "a".repeat(64)),
        cleanup.failures().toString());
    assertTrue(Files.exists(stuck));
    assertFalse(Files.exists(spare));
    assertFalse(Files.exists(checkpoints(run).resolve(LAST)));
    assertEquals(
        1,
        database
            .query(
                "SELECT 1 FROM run WHERE id = ? AND thinned_at > ended_at",
                row -> row.getInt(1),
                UUID.fromString(run))
            .size());
  }

  /** As a run is that was taken up again after it had failed. */
  @Test
  void aRunThatEndsASecondTimeIsCleanedASecondTime() throws IOException {
    String run = trained(Documents.single(name));
    clean(false);
    leaveFiles(run);
    clean(false);
    assertTrue(Files.exists(checkpoints(run).resolve(LAST)), "it is looked at once");
    database.update("UPDATE run SET ended_at = now() WHERE id = ?", UUID.fromString(run));
    clean(false);
    assertFalse(Files.exists(checkpoints(run).resolve(LAST)));
  }

  @Test
  void setsGoAboveTheQuotaTheOneUsedLongestAgoFirst() throws IOException {
    Path old = prepared('a', Duration.ofDays(3), 4_000);
    Path older = prepared('b', Duration.ofDays(4), 4_000);
    Path young = prepared('c', Duration.ofDays(2), 2_240);
    assertEquals(0, item(clean(false), PreparedSets.KIND).count(), "10 KiB are the quota");
    Files.write(young.resolve("one more"), new byte[1]);
    FileTime day = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
    Files.setLastModifiedTime(young, day);
    assertEquals(new Cleanup.Item("datasets", 1, 4_000L), item(clean(false), PreparedSets.KIND));
    assertFalse(Files.exists(older));
    assertTrue(Files.exists(old));
    assertTrue(Files.exists(young));
  }

  @Test
  void aSetThatARunNeedsOrThatOneMayJustHaveGotStays() throws IOException {
    String experiment = Gateway.post(Documents.single(FakeTraining.HOLD));
    String run = Gateway.allIn(experiment, RunState.TRAINING).runs().get(0).id();
    Path needed = prepared('d', Duration.ofDays(3), 20_000);
    database.update(
        "UPDATE run SET prepared = replace(prepared, '0123abcd', ?) WHERE id = ?",
        needed.getFileName().toString(),
        UUID.fromString(run));
    Path fresh = prepared('e', Duration.ofMinutes(59), 20_000);
    Path spare = prepared('f', Duration.ofMinutes(61), 20_000);
    clean(false);
    assertTrue(Files.exists(needed));
    assertTrue(Files.exists(fresh));
    assertFalse(Files.exists(spare));
  }

  /** What it gets may be on its way, however long that takes. */
  @Test
  void nothingGoesThatWasUsedSinceARunBeganToWaitForItsSet() throws IOException {
    Path silent = Files.createDirectories(GatewayTestStack.DATA.resolve(FakeWorkers.NO_ANSWER));
    ObjectNode document = Documents.single(name);
    Documents.with(document, "dataset_params.data_location", silent.toString());
    String run = Gateway.post(document);
    String id = Gateway.get(run).runs().get(0).id();
    database.update(
        "UPDATE run SET state_since = now() - interval '2 days' WHERE id = ?", UUID.fromString(id));
    Path since = prepared('a', Duration.ofDays(2).plusMinutes(59), 20_000);
    Path before = prepared('b', Duration.ofDays(2).plusMinutes(61), 20_000);
    clean(false);
    assertTrue(Files.exists(since));
    assertFalse(Files.exists(before));
  }

  @Test
  void ofTheCurveOfAnOldRunItsCourseStays() throws IOException {
    String run = trained(Documents.single(name));
    UUID id = UUID.fromString(run);
    database.update("DELETE FROM run_event WHERE run_id = ? AND type = 'training.progress.v1'", id);
    IntStream.rangeClosed(1, 1000)
        .forEach(
            i ->
                database.update(
                    "INSERT INTO run_event (experiment_id, run_id, type, payload, at)"
                        + " SELECT experiment_id, id, 'training.progress.v1', ?, now() FROM run"
                        + " WHERE id = ?",
                    "{\"runId\":\"%s\",\"attempt\":1,\"iteration\":%d,\"loss\":1}"
                        .formatted(run, i),
                    id));
    endedBefore(run, MONTH.minus(MOMENT));
    clean(false);
    assertEquals(1000, iterations(run).size());
    endedBefore(run, MONTH.plus(MOMENT));
    assertTrue(item(clean(true), OldProgress.KIND).count() >= 799);
    clean(false);
    List<Integer> left = iterations(run);
    assertEquals(201, left.size());
    assertEquals(List.of(1, 6, 11), left.subList(0, 3));
    assertEquals(List.of(996, 1000), left.subList(199, 201));
  }

  @Test
  void whatIsNeitherTrueNorFalseIsRefused() {
    given()
        .post("/api/v1/gc?dry_run=yes")
        .then()
        .statusCode(400)
        .body("detail", containsString("must be true or false"));
    given().post("/api/v1/gc?dry_run=true").then().statusCode(200).body("dryRun", equalTo(true));
  }

  private List<Integer> iterations(String run) {
    return given().get("/api/v1/runs/" + run).then().extract().path("progress.iteration");
  }

  private void endedBefore(String run, Duration ago) {
    database.update(
        "UPDATE run SET ended_at = now() - ? * interval '1 second' WHERE id = ?",
        ago.toSeconds(),
        UUID.fromString(run));
  }

  private void end(String run) {
    database.update(
        "UPDATE run SET state = 'CANCELLED', ended_at = now() WHERE id = ?", UUID.fromString(run));
  }

  private String trained(ObjectNode document) throws IOException {
    String run = Gateway.ended(Gateway.post(document)).runs().get(0).id();
    leave(run);
    return run;
  }

  /** What a trainer leaves of {@code run}, as if nobody had been there to remove any of it yet. */
  private void leave(String run) throws IOException {
    awaitCleaned(run);
    leaveFiles(run);
    database.update("UPDATE run SET trimmed_at = NULL WHERE id = ?", UUID.fromString(run));
  }

  private void leaveFiles(String run) throws IOException {
    for (String checkpoint : List.of(BEST, LAST)) {
      Path folder = Files.createDirectories(checkpoints(run).resolve(checkpoint));
      Files.writeString(folder.resolve("manifest.json"), "{}");
      Files.writeString(folder.resolve("learner.json"), "{}");
      Files.write(folder.resolve("model.safetensors"), new byte[100]);
      Files.write(folder.resolve("optimizer.safetensors"), new byte[200]);
    }
    Files.writeString(artifacts.run(run).resolve("results.json"), "{}");
  }

  /** What its end made due was looked for at once, or is not due yet. */
  private void awaitCleaned(String run) {
    await()
        .atMost(MOMENT)
        .until(
            () ->
                database
                    .query(
                        "SELECT state <> 'SUCCEEDED' OR retention > 0 OR trimmed_at IS NOT NULL"
                            + " FROM run WHERE id = ?",
                        row -> row.getBoolean(1),
                        UUID.fromString(run))
                    .get(0));
  }

  private Path checkpoints(String run) {
    return artifacts.run(run).resolve("checkpoints");
  }

  private List<String> files(String run, String checkpoint) throws IOException {
    try (Stream<Path> files = Files.list(checkpoints(run).resolve(checkpoint))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path prepared(char digit, Duration ago, int bytes) throws IOException {
    String id = String.valueOf(digit).repeat(64);
    Path set = Files.createDirectories(artifacts.root().resolve("datasets").resolve(id));
    Files.write(set.resolve("train-000.npy"), new byte[bytes]);
    Files.setLastModifiedTime(set, FileTime.from(Instant.now().minus(ago)));
    return set;
  }

  private static Cleanup.Item item(Cleanup cleanup, String kind) {
    return cleanup.items().stream().filter(i -> i.kind().equals(kind)).findFirst().orElseThrow();
  }

  private static Cleanup clean(boolean dryRun) {
    return Json.read(
        given().post("/api/v1/gc?dry_run=" + dryRun).then().statusCode(200).extract().asString(),
        Cleanup.class);
  }
}
