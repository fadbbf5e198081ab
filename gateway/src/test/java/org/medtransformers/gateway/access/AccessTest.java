package org.medtransformers.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.access.Role;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.Gateway;

/**
 * Every endpoint of docs/access.md, tried by every role, and by a stranger on what is another's.
 */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class AccessTest {
  private static final String UNKNOWN = "0f8fad5b-d9cb-469f-a165-70867728950e";
  private static final String UNKNOWN_SET = "0123456789abcdef";
  private static final String SSE = "text/event-stream";

  /** What an endpoint wants besides, to be reached at all. */
  private static final Map<String, String> QUERIES =
      Map.of(
          "POST /api/v1/gc", "?dry_run=true",
          "GET /api/v1/datasets/{id}/images", "?split=test",
          "GET /api/v1/models/{name}/export", "?format=safetensors",
          "GET /api/v1/runs/{id}/operating-point", "?threshold=0.5",
          "GET /api/v1/runs/{id}/steps", "?image=0",
          "GET /api/v1/runs/{id}/steps/{step}", "?image=0");

  private static final Map<String, String> BODIES =
      Map.of(
          "POST /api/v1/erasures", "{\"thing\": \"group\", \"name\": \"nobody\", \"dryRun\": true}",
          "PATCH /api/v1/experiments/{id}", "{\"note\": \"seen\"}",
          "POST /api/v1/runs/{id}/evaluations", "{\"set\": {}}",
          "POST /api/v1/tokens", "{\"name\": \"t\", \"role\": \"viewer\", \"days\": 1}");

  private static final Map<String, String> TOKENS = new HashMap<>();
  private static final Map<String, String> OBJECTS = new HashMap<>();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Inject ServiceTokens tokens;

  private record Answer(int status, String body) {
    JsonNode problem() {
      return Json.parse(body);
    }
  }

  /** One person of the team {@code home} and one of another for each role, and what is home's. */
  @BeforeEach
  void introduce() {
    if (!TOKENS.isEmpty()) {
      return;
    }
    for (Role role : Role.values()) {
      for (String team : new String[] {"home", "away"}) {
        Caller caller = new Caller(role.label() + " of " + team, team, role, null);
        TOKENS.put(
            team + " " + role.label(), tokens.make(caller, new TokenWish("test", role, 1)).token());
      }
    }
    TOKENS.put("metrics", GatewayTestStack.METRICS_TOKEN);
    String experiment = start("home researcher");
    JsonNode run = get("home viewer", "/api/v1/runs/" + run(experiment)).problem();
    OBJECTS.put("experiment", experiment);
    OBJECTS.put("run", run.at("/run/id").asText());
    OBJECTS.put("data set", run.at("/dataset/id").asText());
    JsonNode made =
        tree(
            tokens.make(
                new Caller("researcher of home", "home", Role.RESEARCHER, null),
                new TokenWish("own", Role.VIEWER, 1)));
    OBJECTS.put("token", made.at("/view/id").asText());
  }

  private static JsonNode tree(Object value) {
    return Json.parse(Json.write(value));
  }

  private String start(String who) {
    Answer answer =
        ask(
            who,
            "POST",
            Gateway.EXPERIMENTS,
            Json.write(Documents.single("demo")),
            "application/json");
    assertEquals(201, answer.status(), answer::body);
    String id = answer.problem().at("/experiment/id").asText();
    Gateway.ended(id);
    return id;
  }

  private String run(String experiment) {
    return get("home viewer", Gateway.EXPERIMENTS + "/" + experiment)
        .problem()
        .at("/runs/0/id")
        .asText();
  }

  @Test
  void theTableHasEveryEndpoint() throws IOException {
    TreeSet<String> documented =
        Endpoints.documented().stream()
            .map(Endpoints.Row::name)
            .filter(name -> !name.contains(" /q/") && !name.endsWith(" /"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Endpoints.existing(), documented);
  }

  static Stream<Endpoints.Row> rows() {
    return Endpoints.documented().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void itIsForTheRolesThatTheTableSaysAndNobodyElse(Endpoints.Row row) {
    boolean open = row.roles().contains("everybody");
    assertEquals(open, answer(null, row, Map.of()).status() != 401, row::name);
    if (open) {
      return;
    }
    boolean metrics = row.roles().contains("metrics");
    assertEquals(metrics ? 200 : 403, answer("metrics", row, Map.of()).status(), row::name);
    for (Role role : Role.values()) {
      Answer answer = answer("away " + role.label(), row, Map.of());
      boolean allowed = row.roles().stream().anyMatch(role.labels()::contains);
      assertEquals(allowed, answer.status() != 403, () -> role + ": " + answer);
      assertNotEquals(401, answer.status(), () -> role + ": " + answer);
      assertTrue(answer.status() < 500 || answer.status() == 503, () -> role + ": " + answer);
      if (!allowed) {
        assertEquals("NOT_PERMITTED", answer.problem().path("code").asText());
      }
    }
  }

  static Stream<Endpoints.Row> rowsOfThings() {
    return rows().filter(row -> !row.of().isEmpty());
  }

  /** A stranger hears what is said of a thing that nobody has, word by word. */
  @ParameterizedTest
  @MethodSource("rowsOfThings")
  void whatIsAnothersIsNotThereForAStranger(Endpoints.Row row) {
    String id = OBJECTS.get(row.of());
    String unknown = row.of().equals("data set") ? UNKNOWN_SET : UNKNOWN;
    Answer others = answer("away researcher", row, Map.of(row.of(), id));
    Answer none = answer("away researcher", row, Map.of(row.of(), unknown));
    assertEquals(404, others.status(), others::body);
    assertEquals(none.body().replace(unknown, id), others.body());
  }

  @Test
  void whoIsOfTheTeamSeesItAndAnOperatorToo() {
    for (String who : List.of("home viewer", "away operator", "away admin")) {
      for (Map.Entry<String, String> path :
          Map.of(
                  "experiment", "/api/v1/experiments/%s",
                  "run", "/api/v1/runs/%s",
                  "data set", "/api/v1/datasets/%s")
              .entrySet()) {
        Answer answer = get(who, path.getValue().formatted(OBJECTS.get(path.getKey())));
        // Nobody has the fake data set, but that is for the data-service to say.
        assertTrue(
            answer.status() == 200 || !answer.body().contains("there is no"),
            () -> who + ": " + answer);
      }
    }
  }

  @Test
  void listsSearchesAndChoicesHaveOnlyWhatIsSeen() {
    String id = OBJECTS.get("experiment");
    for (String path :
        List.of(
            "/api/v1/experiments?size=100",
            "/api/v1/experiments?q=researcher+of+home&size=100",
            "/api/v1/experiments?owner=researcher%20of%20home",
            "/api/v1/models?size=100")) {
      assertTrue(get("home viewer", path).body().contains(id), path);
      assertTrue(get("away operator", path).body().contains(id), path);
      Answer stranger = get("away researcher", path);
      assertEquals(200, stranger.status(), stranger::body);
      assertTrue(!stranger.body().contains(id), () -> path + ": " + stranger);
    }
    String choices = "/api/v1/experiments/choices";
    assertTrue(get("home viewer", choices).body().contains("researcher of home"));
    assertTrue(!get("away viewer", choices).body().contains("researcher of home"));
  }

  @Test
  void whatIsSharedWithAllIsReadByAllAndChangedByItsTeam() {
    String id = start("home researcher");
    assertEquals(404, get("away viewer", experiment(id)).status());
    assertEquals(200, share("home researcher", id, "all").status());
    assertEquals(200, get("away viewer", experiment(id)).status());
    for (String[] change : new String[][] {{"POST", "/cancel"}, {"DELETE", ""}, {"PATCH", ""}}) {
      Answer refused =
          ask(
              "away researcher",
              change[0],
              experiment(id) + change[1],
              change[0].equals("PATCH") ? "{\"note\": \"x\"}" : null,
              "application/json");
      assertEquals(403, refused.status(), refused::body);
      assertEquals("NOT_PERMITTED", refused.problem().path("code").asText());
    }
    Answer resumed =
        ask("away operator", "POST", "/api/v1/runs/" + run(id) + "/resume", null, null);
    assertEquals(403, resumed.status(), resumed::body);
    assertEquals(204, ask("away admin", "DELETE", experiment(id), null, null).status());
  }

  @Test
  void onlyItsPersonAndAnAdministratorSayWhoSeesIt() {
    String id = start("home researcher");
    assertEquals(403, share("home operator", id, "private").status());
    assertEquals(200, share("home researcher", id, "private").status());
    assertEquals(404, get("home viewer", experiment(id)).status());
    assertEquals(400, share("home researcher", id, "nobody").status());
    assertEquals(200, get("home researcher", experiment(id)).status());
    assertEquals(200, share("away admin", id, "team").status());
    assertEquals(200, get("home viewer", experiment(id)).status());
  }

  @Test
  void aModelThatOneMayNotSeeIsNoStartAndNoTest() {
    String run = OBJECTS.get("run");
    String document =
        Json.write(
            Documents.with(
                Documents.with(Documents.single("demo"), "medtrans.test_only", true),
                "medtrans.checkpoint",
                run));
    Answer stranger =
        ask("away researcher", "POST", Gateway.EXPERIMENTS, document, "application/json");
    assertEquals(404, stranger.status(), stranger::body);
    assertTrue(stranger.body().contains("no run has that id"), stranger::body);
    Answer mate = ask("home researcher", "POST", Gateway.EXPERIMENTS, document, "application/json");
    assertTrue(!mate.body().contains("no run has that id"), mate::body);
  }

  @Test
  void theSameKeyOfAnotherIsAnother() {
    String document = Json.write(Documents.single("demo"));
    List<String> ids =
        Stream.of("home researcher", "away researcher", "home researcher")
            .map(who -> withKey(who, document).problem().at("/experiment/id").asText())
            .toList();
    assertEquals(ids.get(0), ids.get(2));
    assertNotEquals(ids.get(0), ids.get(1));
  }

  private Answer withKey(String who, String document) {
    HttpRequest.Builder request = request(who, Gateway.EXPERIMENTS);
    return send(
        request
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "the-same-key-of-both")
            .POST(BodyPublishers.ofString(document))
            .build());
  }

  private static String experiment(String id) {
    return Gateway.EXPERIMENTS + "/" + id;
  }

  private Answer share(String who, String id, String sharing) {
    return ask(
        who,
        "PATCH",
        experiment(id),
        "{\"sharing\": \"%s\"}".formatted(sharing),
        "application/json");
  }

  private Answer get(String who, String path) {
    return ask(who, "GET", path, null, null);
  }

  /**
   * What {@code row} answers.
   *
   * @param objects ids by what they are of; where there is none, of nothing
   */
  private Answer answer(String who, Endpoints.Row row, Map<String, String> objects) {
    String id = objects.getOrDefault(row.of(), row.of().equals("data set") ? UNKNOWN_SET : UNKNOWN);
    String path =
        row.path()
            .replaceFirst("\\{(id|name)}", id)
            .replaceAll("\\{(number|row|step)}", "0")
            .replace("{name}", "results.json");
    boolean body = !row.method().equals("GET") && !row.method().equals("DELETE");
    return ask(
        who,
        row.method(),
        path + QUERIES.getOrDefault(row.name(), ""),
        body ? BODIES.getOrDefault(row.name(), "{}") : null,
        row.path().equals("/sign-in") ? "application/x-www-form-urlencoded" : "application/json");
  }

  private HttpRequest.Builder request(String who, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path));
    if (who != null) {
      request.header("Authorization", "Bearer " + TOKENS.get(who));
    }
    return request;
  }

  private Answer ask(String who, String method, String path, String body, String type) {
    HttpRequest.Builder request = request(who, path);
    if (body != null) {
      request.header("Content-Type", type);
    }
    return send(
        request
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build());
  }

  /** Of a stream only that it begins. */
  private Answer send(HttpRequest request) {
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        boolean stream =
            response
                .headers()
                .firstValue("content-type")
                .filter(t -> t.startsWith(SSE))
                .isPresent();
        return new Answer(
            response.statusCode(),
            stream ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
