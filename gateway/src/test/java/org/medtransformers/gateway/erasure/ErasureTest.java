package org.medtransformers.gateway.erasure;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.erasure.DataErasure;
import org.medtransformers.contracts.erasure.Erasure;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeServices;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;

/**
 * A patient of whom two of three test images are, erased beside a data-service that finds a set.
 */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class ErasureTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String PATH = "/api/v1/erasures";
  private static final String HEADER = "image,group,label,prediction,probability_0,probability_1\n";
  private static final String OTHERS = "b,other,1,1,0.25,0.75\n";

  @Inject Artifacts artifacts;
  @Inject Database database;
  @Inject Erasures erasures;

  FakeServices services;

  private final String patient = "patient " + UUID.randomUUID();
  private final String set = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");

  /** What other tests have left waiting may be getting any set. */
  @BeforeEach
  void nobodyWaits() {
    database.update(
        "UPDATE run SET state = 'CANCELLED', ended_at = now()"
            + " WHERE state = 'PREPARING' AND ended_at IS NULL");
    found(3);
  }

  @AfterEach
  void forget() {
    database.update("DELETE FROM erasure");
    services.forget();
  }

  /** What the data-service says to every step. */
  private void found(int images, String... failures) {
    services.json(
        PATH,
        Json.write(
            new DataErasure(
                images == 0
                    ? List.of()
                    : List.of(new DataErasure.Found(set, "APTOS2019", images, List.of("a.png"))),
                List.of(failures))));
  }

  private String run() throws IOException {
    String run = Gateway.ended(Gateway.post(Documents.single("demo"))).runs().get(0).id();
    of(run, set);
    Path folder = Files.createDirectories(artifacts.run(run));
    Files.createDirectories(folder.resolve("attention"));
    Files.writeString(folder.resolve("attention/a.png"), "picture");
    Files.writeString(folder.resolve("umap.json"), "{}");
    Files.writeString(folder.resolve("umap.png"), "picture");
    Files.writeString(folder.resolve("results.json"), "{}");
    Files.writeString(
        folder.resolve("predictions.csv"),
        HEADER
            + "a,%s,0,0,0.9,0.1\n".formatted(patient)
            + OTHERS
            + "c,%s,1,0,0.6,0.4\n".formatted(patient));
    return run;
  }

  /** Its data set is {@code preparedId}, in which images are named by a warning. */
  private boolean told(String run, String type) {
    return database
        .query(
            "SELECT EXISTS (SELECT FROM run_event WHERE run_id = ? AND type = ?)",
            row -> row.getBoolean(1),
            UUID.fromString(run),
            type)
        .get(0);
  }

  private void of(String run, String preparedId) {
    for (String change :
        List.of(
            "UPDATE run SET prepared = replace(replace(prepared, '0123abcd', ?), ?, ?) WHERE id = ?",
            "UPDATE run_event SET payload = replace(replace(payload, '0123abcd', ?), ?, ?)"
                + " WHERE run_id = ?")) {
      database.update(
          change,
          preparedId,
          "2 groups leak",
          "image files with different labels: 2 (a (none) = c (mild))",
          UUID.fromString(run));
    }
  }

  private ValidatableResponse post(boolean dryRun) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("thing", "group", "name", patient, "dryRun", dryRun))
        .post(PATH)
        .then();
  }

  private Erasure erase(boolean dryRun) {
    return Json.read(post(dryRun).statusCode(200).extract().asString(), Erasure.class);
  }

  private List<String> files(String run) throws IOException {
    try (Stream<Path> files = Files.walk(artifacts.run(run))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private String column(String name, String run) {
    return database
        .query(
            "SELECT %s FROM run WHERE id = ?".formatted(name),
            row -> row.getString(1),
            UUID.fromString(run))
        .get(0);
  }

  private List<String> steps() {
    return services.requests(PATH).stream()
        .map(FakeServices.Request::body)
        .filter(body -> body.contains(patient))
        .map(body -> Json.parse(body).path("step").asText())
        .toList();
  }

  @Test
  void ofARunTheLinesOfThePatientGoWithMapsAndPictures() throws IOException {
    String run = run();
    Erasure erasure = erase(false);
    assertTrue(erasure.done(), erasure::toString);
    assertEquals(List.of(new Erasure.Run(run, "demo", 3)), erasure.runs());
    assertEquals(List.of("predictions.csv", "results.json"), files(run));
    assertEquals(HEADER + OTHERS, Files.readString(artifacts.run(run).resolve("predictions.csv")));
    assertEquals(
        List.of(GatewayTestStack.DATA + ": a.png"), erasure.originals(), "they are not ours");
  }

  /** By the sets runs are found: were they gone first, a crash would leave runs unmarked. */
  @Test
  void firstNothingIsPreparedAnyMoreAndTheSetsGoLast() throws IOException {
    run();
    erase(false);
    assertEquals(List.of("LOOK", "BAR", "REMOVE"), steps());
  }

  @Test
  void theNumbersStayAndAreSaidToBeOfErasedImages() throws IOException {
    String run = run();
    String metrics = column("test_metrics", run);
    erase(false);
    erase(false);
    assertEquals(metrics, column("test_metrics", run));
    String notices = column("notices", run);
    String notice = "demo: 3 images of its data were erased on ";
    assertTrue(notices.contains(notice), notices);
    assertEquals(notices.indexOf(notice), notices.lastIndexOf(notice), "it is said once");
  }

  @Test
  void whatWasSaidOfTheDataNamesNoImageAnyMore() throws IOException {
    String run = run();
    erase(false);
    String said =
        column("prepared", run)
            + database.query(
                "SELECT payload FROM run_event WHERE run_id = ?",
                row -> row.getString(1),
                UUID.fromString(run));
    assertTrue(said.contains("image files with different labels: 2\""), said);
    assertFalse(said.contains("a (none) = c (mild)"), said);
  }

  @Test
  void aRunIsFoundByWhatItSaidWhereItsSetHasGoneBefore() throws IOException {
    String run = run();
    found(0);
    Erasure erasure = erase(false);
    assertEquals(List.of(new Erasure.Run(run, "demo", 2)), erasure.runs());
    assertEquals(List.of("predictions.csv", "results.json"), files(run));
  }

  @Test
  void aDryRunTellsTheSameAndChangesNothing() throws IOException {
    String run = run();
    List<String> before = files(run);
    Erasure told = erase(true);
    assertTrue(told.dryRun() && !told.done(), told::toString);
    assertEquals(before, files(run));
    assertEquals(List.of("LOOK"), steps());
    assertEquals(told.runs(), erase(false).runs());
  }

  @Test
  void whileARunIsAtWorkOnTheDataItIsRefusedAndNothingChanges() throws IOException {
    String run = run();
    List<String> before = files(run);
    String experiment = Gateway.post(Documents.single(FakeTraining.HOLD));
    String held = Gateway.get(experiment).runs().get(0).id();
    // The last that is heard of it: what is written of an event writes its data set anew.
    await().atMost(PATIENCE).until(() -> told(held, "training.checkpointed.v1"));
    of(held, set);
    post(false)
        .statusCode(409)
        .body("detail", containsString("or may: 1;"))
        .body("detail", not(containsString(patient)));
    assertEquals(before, files(run));
    assertEquals(List.of("LOOK"), steps());
    database.update(
        "UPDATE run SET state = 'CANCELLED', ended_at = now() WHERE experiment_id = ?",
        UUID.fromString(experiment));
    assertTrue(erase(false).done());
  }

  @Test
  void whatIsInTheWayIsToldAndTheRestGoesLaterByItself() throws IOException {
    String run = run();
    found(3, "prepared set is being used");
    Erasure begun = erase(false);
    assertFalse(begun.done());
    assertEquals(List.of("prepared set is being used"), begun.failures());
    assertEquals(1, open());
    found(3);
    erasures.goOn();
    assertEquals(0, open());
    assertEquals(List.of("predictions.csv", "results.json"), files(run));
  }

  @Test
  void whileAnotherIsAtItNobodyElseIsAndItsLeaseLapses() throws IOException {
    String run = run();
    found(3, "prepared set is being used");
    erase(false);
    found(3);
    lease("now() + interval '1 minute'");
    assertEquals(List.of("another gateway is carrying it out"), erase(false).failures());
    assertEquals(1, open());
    lease("now() - interval '1 second'");
    assertTrue(erase(false).done());
    assertEquals(0, open());
    assertEquals(List.of("predictions.csv", "results.json"), files(run));
  }

  private void lease(String until) {
    database.update("UPDATE erasure SET held_until = " + until + " WHERE name = ?", patient);
  }

  private int open() {
    return database
        .query("SELECT 1 FROM erasure WHERE name = ?", row -> row.getInt(1), patient)
        .size();
  }

  @Test
  void nobodyKeepsTheName() throws IOException {
    run();
    String answer = post(false).statusCode(200).extract().asString();
    assertFalse(answer.contains(patient), answer);
    assertEquals(0, open());
    assertEquals(
        1,
        database
            .query("SELECT 1 FROM erasure WHERE done_at IS NOT NULL", row -> row.getInt(1))
            .size());
  }

  @Test
  void whatNobodyHasIsDoneAtOnce() {
    found(0);
    Erasure erasure = erase(false);
    assertTrue(erasure.done() && erasure.runs().isEmpty(), erasure::toString);
    assertEquals(List.of("LOOK"), steps());
  }

  @Test
  void aWishWithoutANameIsRefused() {
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("thing", "group"))
        .post(PATH)
        .then()
        .statusCode(400)
        .body("detail", containsString("name"));
  }
}
