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
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.files.Disk;

/** A suite's experiments, as its gateway and its home folder show them. */
public class Experiments {
  static final Duration PATIENCE = Duration.ofMinutes(8);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path home;
  private final URI gateway;

  Experiments(Path home, URI gateway) {
    this.home = home;
    this.gateway = gateway;
  }

  /** Asks for an experiment; gives its id. */
  public String submit(JsonNode document) {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve("/api/v1/experiments"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(document)))
            .build();
    return send(request).at("/experiment/id").asText();
  }

  JsonNode experiment(String id) {
    return get("/api/v1/experiments/" + id);
  }

  JsonNode run(String id) {
    return get("/api/v1/runs/" + id);
  }

  private JsonNode get(String path) {
    return send(HttpRequest.newBuilder(gateway.resolve(path)).build());
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
    await("experiment " + id)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(() -> !"RUNNING".equals(experiment(id).at("/experiment/state").asText()));
    return experiment(id);
  }

  /** Waits until the first run of {@code id} has trained beyond {@code iteration}. */
  void awaitIteration(String id, int iteration) {
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
  void awaitCheckpoint(String id, int iteration) {
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

  /** Everything that was said about {@code experiment}, as its stream of events tells it. */
  Stream<JsonNode> history(String experiment, String type) {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve("/api/v1/experiments/" + experiment + "/events"))
            .build();
    try {
      String text = http.send(request, BodyHandlers.ofString()).body();
      return Stream.of(text.split("\n\n"))
          .filter(event -> event.lines().anyMatch(l -> l.replace(" ", "").equals("event:" + type)))
          .map(event -> Json.parse(data(event)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String data(String event) {
    return event
        .lines()
        .filter(l -> l.startsWith("data:"))
        .map(l -> l.substring("data:".length()))
        .reduce("", String::concat);
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
