package org.medtransformers.tests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.medtransformers.contracts.Json;
import org.medtransformers.files.Disk;

/** A suite's experiments, as its gateway and its home folder show them. */
public class Experiments {
  public static final Duration PATIENCE = Duration.ofMinutes(8);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path home;
  private final URI gateway;
  private final String token;

  /**
   * @param token the administrator's
   */
  Experiments(Path home, URI gateway, String token) {
    this.home = home;
    this.gateway = gateway;
    this.token = token;
  }

  /** The administrator's. */
  public String token() {
    return token;
  }

  private HttpRequest.Builder request(String path) {
    return request(path, token);
  }

  private HttpRequest.Builder request(String path, String shown) {
    return HttpRequest.newBuilder(gateway.resolve(path)).header("Authorization", "Bearer " + shown);
  }

  /** What the gateway says to whoever shows {@code another} token: the status. */
  public int statusWith(String another) throws IOException, InterruptedException {
    HttpRequest request = request("/api/v1/caller", another).build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Where a browser signs in as the administrator, once. */
  public URI signInLink() {
    JsonNode link =
        send(request("/api/v1/sign-in-links").POST(HttpRequest.BodyPublishers.noBody()).build());
    return gateway.resolve(link.path("path").asText());
  }

  /** Asks for an experiment; gives its id. */
  public String submit(JsonNode document) {
    return submit(document, UUID.randomUUID().toString());
  }

  /** The same; with the same {@code key} it is the same experiment, however often it is asked. */
  public String submit(JsonNode document, String key) {
    HttpRequest request =
        request("/api/v1/experiments")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(document)))
            .build();
    return send(request).at("/experiment/id").asText();
  }

  /** Asks every run of {@code id} to stop. */
  public void cancel(String id) {
    send(
        request("/api/v1/experiments/" + id + "/cancel")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  public JsonNode experiment(String id) {
    return get("/api/v1/experiments/" + id);
  }

  public JsonNode run(String id) {
    return get("/api/v1/runs/" + id);
  }

  private JsonNode get(String path) {
    return send(request(path).build());
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(response.statusCode() + " " + response.body());
      }
      return Json.parse(response.body());
    } catch (IOException e) {
      throw new IllegalStateException("the gateway is away", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until every run of {@code id} has ended; the gateway may be away meanwhile. */
  public JsonNode awaitEnd(String id) {
    return await("experiment " + id)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(() -> experiment(id), e -> !"RUNNING".equals(e.at("/experiment/state").asText()));
  }

  /** Waits until the gateway has removed what nobody needs of runs that have ended. */
  public void awaitCleaned() {
    HttpRequest look =
        request("/api/v1/gc?dry_run=true").POST(HttpRequest.BodyPublishers.noBody()).build();
    await("nothing to remove")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> send(look).at("/items/0/count").asInt(-1) == 0);
  }

  /** Waits until the first run of {@code id} has trained beyond {@code iteration}. */
  public void awaitIteration(String id, int iteration) {
    await("iteration " + iteration)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> progress(id).path("iteration").asInt() > iteration);
  }

  /**
   * Waits until the first run of {@code id} has a checkpoint of {@code iteration} or later, which
   * is written beside the training.
   */
  public void awaitCheckpoint(String id, int iteration) {
    String run = experiment(id).at("/runs/0/id").asText();
    Path checkpoints = home.resolve("runs").resolve(run).resolve("checkpoints");
    await("a checkpoint in " + checkpoints)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                Disk.startingWith("attempt-", checkpoints).stream()
                    .map(folder -> folder.getFileName().toString())
                    .mapToInt(name -> Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)))
                    .anyMatch(written -> written >= iteration));
  }

  private JsonNode progress(String id) {
    return experiment(id).at("/runs/0/progress");
  }

  /** Everything of {@code type} that was said about {@code experiment}. */
  public Stream<JsonNode> history(String experiment, String type) {
    return history(experiment).stream().filter(s -> s.type().equals(type)).map(Said::data);
  }

  /**
   * What was said about an experiment.
   *
   * @param id by which a client goes on after it
   * @param type versioned name
   */
  public record Said(long id, String type, JsonNode data) {}

  /** Everything that was said about {@code experiment}, as its stream of events tells it. */
  public List<Said> history(String experiment) {
    HttpRequest request = request("/api/v1/experiments/" + experiment + "/events").build();
    try {
      String text = http.send(request, BodyHandlers.ofString()).body();
      return Stream.of(text.split("\n\n"))
          .filter(event -> !field(event, "data").isEmpty())
          .map(
              event ->
                  new Said(
                      Long.parseLong(field(event, "id").strip()),
                      field(event, "event").strip(),
                      Json.parse(field(event, "data"))))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String field(String event, String name) {
    return event
        .lines()
        .filter(l -> l.startsWith(name + ":"))
        .map(l -> l.substring(name.length() + 1))
        .reduce("", String::concat);
  }

  /** Loss and spread of each iteration of a run, and every validation. */
  public static List<String> course(JsonNode run) {
    Stream<String> steps =
        StreamSupport.stream(run.path("progress").spliterator(), false)
            .map(p -> p.path("iteration") + " " + p.path("loss") + " " + p.path("collapse"));
    Stream<String> validations =
        StreamSupport.stream(run.path("validations").spliterator(), false)
            .map(v -> v.path("iteration") + " " + v.path("metrics"));
    return Stream.concat(steps, validations).toList();
  }

  /** The document of {@code survival.json}, reading images from {@code location}. */
  public static ObjectNode document(Path location) throws IOException {
    try (var in = Experiments.class.getResourceAsStream("/survival.json")) {
      ObjectNode document = (ObjectNode) Json.mapper().readTree(in);
      ((ObjectNode) document.get("dataset_params")).put("data_location", location.toString());
      return document;
    }
  }
}
