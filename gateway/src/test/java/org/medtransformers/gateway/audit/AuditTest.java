package org.medtransformers.gateway.audit;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.access.Role;
import org.medtransformers.contracts.audit.AuditAction;
import org.medtransformers.contracts.audit.AuditLine;
import org.medtransformers.contracts.audit.AuditResult;
import org.medtransformers.contracts.event.AuditRecorded;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.access.Caller;
import org.medtransformers.gateway.access.Endpoints;
import org.medtransformers.gateway.access.ServiceTokens;
import org.medtransformers.gateway.access.TokenWish;
import org.medtransformers.gateway.fakes.CloudEvents;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.gateway.fakes.PlainKafka;

/** Requests leave lines that tell of them. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class AuditTest {
  /** They change nothing, or tell of themselves. */
  private static final Set<String> WITHOUT =
      Set.of("POST /api/v1/experiments/validate", "POST /sign-in");

  @Inject Trail trail;
  @Inject ServiceTokens tokens;

  @Test
  void everyRequestThatMayChangeSomethingLeavesALine() {
    Set<String> told =
        Audited.ALL.stream()
            .map(kind -> kind.method() + " " + kind.path())
            .collect(Collectors.toSet());
    Set<String> silent =
        Endpoints.documented().stream()
            .filter(row -> !row.method().equals("GET"))
            .map(Endpoints.Row::name)
            .filter(name -> !told.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(WITHOUT, silent);
    Set<String> all =
        Endpoints.documented().stream().map(Endpoints.Row::name).collect(Collectors.toSet());
    assertTrue(all.containsAll(told), () -> told + " are not all there");
  }

  @Test
  void aDeedIsToldWithWhoWhatWhenFromWhereAndWhatCameOfIt() {
    Instant before = Instant.now().minusMillis(1);
    String id = Gateway.post(Documents.single("demo"));
    Gateway.ended(id);
    given().delete(Gateway.EXPERIMENTS + "/" + id).then().statusCode(204);
    AuditLine deleted = lines("object=" + id).get(0);
    assertEquals(AuditAction.DELETE_EXPERIMENT, deleted.action());
    assertEquals(AuditResult.DONE, deleted.result());
    assertEquals(GatewayTestStack.PERSON, deleted.person());
    assertEquals("local", deleted.team());
    assertEquals("admin", deleted.role());
    assertNull(deleted.token());
    assertEquals("127.0.0.1", deleted.remote());
    assertTrue(deleted.at().isAfter(before), deleted::toString);
    AuditLine asked = line(deleted.asked());
    assertEquals(AuditResult.ASKED, asked.result());
    assertEquals(id, asked.object());
    AuditLine started =
        lines("action=start-experiment&from=" + before).stream()
            .filter(line -> id.equals(line.detail()))
            .findFirst()
            .orElseThrow();
    assertEquals(AuditResult.DONE, started.result());
  }

  /** However a path is spelt, it leads to nothing of which nothing is told. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/gc/",
        "//api/v1/gc",
        "/api/v1//gc",
        "/api/v1/./gc",
        "/api/v1/runs/../gc",
        "/api/v1/%67c",
        "/api/v1/gc;x=1",
        "/api/v1;x/gc"
      })
  void noSpellingLeadsPastTheTrail(String path) {
    long before = newest();
    int status =
        given()
            .urlEncodingEnabled(false)
            .post(path + "?dry_run=true")
            .then()
            .extract()
            .statusCode();
    assertTrue(
        status == 404 || status == 405 || newest() > before, () -> path + " is answered " + status);
  }

  @Test
  void whatWasOnlyTriedIsToldAsThat() {
    given().post("/api/v1/gc?dry_run=true").then().statusCode(200);
    assertEquals("dry run", lines("action=clean-up").get(0).detail());
    given().post("/api/v1/gc").then().statusCode(200);
    assertNull(lines("action=clean-up").get(0).detail());
  }

  private static long newest() {
    return lines("action=clean-up&size=1").stream().mapToLong(AuditLine::number).sum();
  }

  @Test
  void anIdThatIsNoneIsToldAsFarAsItCanBeShown() {
    for (String id : List.of("audit%00%0a", "audit" + "y".repeat(3000))) {
      given()
          .urlEncodingEnabled(false)
          .delete(Gateway.EXPERIMENTS + "/" + id)
          .then()
          .statusCode(404);
    }
    assertEquals(
        List.of("audit" + "y".repeat(195), "audit\uFFFD\uFFFD"),
        lines("action=delete-experiment&size=2").stream().map(AuditLine::object).toList());
  }

  @Test
  void aProgramIsToldFromThePersonInWhoseNameItAsks() {
    Caller ada = new Caller("ada of audit", "home", Role.RESEARCHER, null);
    var made = tokens.make(ada, new TokenWish("program", Role.RESEARCHER, 1));
    as(made.token()).post(Gateway.EXPERIMENTS + "/" + UUID.randomUUID() + "/cancel");
    AuditLine line = lines("person=ada of audit").get(0);
    assertEquals(UUID.fromString(made.view().id()), line.token());
    assertEquals("researcher", line.role());
    assertEquals("home", line.team());
  }

  @Test
  void whatIsRefusedIsToldWithTheReason() {
    String unknown = UUID.randomUUID().toString();
    given().delete(Gateway.EXPERIMENTS + "/" + unknown).then().statusCode(404);
    assertEquals("NOT_FOUND", lines("object=" + unknown).get(0).detail());
    Caller viewer = new Caller("viewer of audit", "home", Role.VIEWER, null);
    String token = tokens.make(viewer, new TokenWish("t", Role.VIEWER, 1)).token();
    as(token).delete(Gateway.EXPERIMENTS + "/" + unknown).then().statusCode(403);
    AuditLine refused = lines("person=viewer of audit").get(0);
    assertEquals(AuditResult.REFUSED, refused.result());
    assertEquals("NOT_PERMITTED", refused.detail());
    assertEquals(unknown, refused.object());
  }

  @Test
  void whatTakesDataAwayIsTold() {
    String id = Gateway.post(Documents.single("demo"));
    Gateway.ended(id);
    String run = Gateway.get(id).runs().get(0).id();
    for (String path :
        List.of(
            "/api/v1/runs/" + run + "/files/results.json",
            "/api/v1/runs/" + run + "/predictions",
            "/api/v1/models/" + run + "/export?format=safetensors",
            Gateway.EXPERIMENTS + "/" + id + "/report")) {
      var unused = given().get(path);
    }
    assertEquals(
        List.of("export-model", "export-predictions", "download-file"),
        lines("object=" + run).stream().map(line -> line.action().label()).toList());
    assertEquals("export-report", lines("object=" + id).get(0).action().label());
  }

  @Test
  void aModelThatIsMeasuredOnTestImagesIsTold() {
    String id = Gateway.post(Documents.single("demo"));
    Gateway.ended(id);
    AuditLine measured =
        lines("action=measure-on-test").stream()
            .filter(line -> id.equals(line.detail()))
            .findFirst()
            .orElseThrow();
    assertEquals(GatewayTestStack.PERSON, measured.person());
    assertTrue(trail.experimentsMeasuredOn(measured.object(), GatewayTestStack.PERSON) >= 1);
  }

  @Test
  void whatIsAskedOverKafkaIsTold() {
    String id = UUID.randomUUID().toString();
    PlainKafka.send(
        CloudEvents.record(
            Topics.EXPERIMENT_REQUESTS,
            id,
            new ExperimentEvent.Requested(Json.parse("{\"nothing\": 1}"))));
    await()
        .until(
            () ->
                lines("person=local&action=start-experiment").stream()
                    .anyMatch(line -> line.remote() == null && line.detail() != null));
  }

  @Test
  void aTokenThatIsNoneIsTold() {
    as("medtrans_nonsense").get(Gateway.EXPERIMENTS).then().statusCode(401);
    await()
        .until(
            () ->
                lines("action=sign-in").stream()
                    .anyMatch(line -> line.result() == AuditResult.REFUSED));
  }

  @Test
  void signingInIsTold() {
    String path = given().post("/api/v1/sign-in-links").then().extract().path("path");
    given().get(path).then().statusCode(200);
    AuditLine line = lines("action=sign-in&person=" + GatewayTestStack.PERSON).get(0);
    assertEquals(AuditResult.DONE, line.result());
    long before = lines("action=sign-in&size=1").get(0).number();
    given().get(path).then().statusCode(403);
    await()
        .until(
            () -> {
              AuditLine last = lines("action=sign-in&size=1").get(0);
              return last.number() > before && last.result() == AuditResult.REFUSED;
            });
  }

  @Test
  void everyLineIsOnKafkaAsItStands() {
    try (KafkaConsumer<String, byte[]> consumer =
        PlainKafka.consumer(List.of(Topics.AUDIT_EVENTS))) {
      String unknown = UUID.randomUUID().toString();
      given().delete(Gateway.EXPERIMENTS + "/" + unknown).then().statusCode(404);
      List<AuditLine> heard = new ArrayList<>();
      await()
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(
                        record -> heard.add(((AuditRecorded) CloudEvents.event(record)).line()));
                return heard.stream().filter(line -> unknown.equals(line.object())).count() == 2;
              });
      List<AuditLine> own = heard.stream().filter(line -> unknown.equals(line.object())).toList();
      assertEquals(line(own.get(0).number()), own.get(0));
      assertEquals(line(own.get(1).number()), own.get(1));
    }
  }

  @Test
  void linesAreGoneThroughFromTheNewestToTheOldest() {
    String unknown = UUID.randomUUID().toString();
    for (int i = 0; i < 3; i++) {
      given().delete(Gateway.EXPERIMENTS + "/" + unknown).then().statusCode(404);
    }
    List<AuditLine> first = lines("size=2&object=" + unknown);
    assertEquals(2, first.size());
    List<AuditLine> next = lines("object=" + unknown + "&before=" + first.get(1).number());
    assertEquals(1, next.size());
    assertTrue(next.get(0).number() < first.get(1).number());
    assertEquals(List.of(), lines("object=" + unknown + "&to=2020-01-01T00:00:00Z"));
  }

  @Test
  void whatCannotBeLookedForIsNamed() {
    given()
        .get("/api/v1/audit?action=dance")
        .then()
        .statusCode(400)
        .body("detail", containsString("\"dance\" is no action; there are: sign-in, "));
    given().get("/api/v1/audit?from=yesterday").then().statusCode(400);
    given().get("/api/v1/audit/verification?head=1").then().statusCode(400);
  }

  @Test
  void theTrailIsVerifiedUpToWhatSomebodyHasKept() {
    var found = given().get("/api/v1/audit/verification").then().statusCode(200).extract();
    assertNull(found.path("wrong"));
    String head = found.path("lines") + ":" + found.path("head");
    assertNull(
        given().get("/api/v1/audit/verification?head=" + head).then().extract().path("wrong"));
    String other = found.path("lines") + ":" + "0".repeat(64);
    assertNotNull(
        given().get("/api/v1/audit/verification?head=" + other).then().extract().path("wrong"));
  }

  private AuditLine line(long number) {
    return trail.line(number).orElseThrow();
  }

  private static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private static List<AuditLine> lines(String query) {
    return List.of(
        Json.read(
            given().get("/api/v1/audit?" + query).then().statusCode(200).extract().asString(),
            AuditLine[].class));
  }
}
