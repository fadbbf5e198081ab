package org.medtransformers.tests.metrics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;

/** A real Prometheus over the product's own configuration. */
final class Prometheus implements AutoCloseable {
  private static final Path CONFIGURATION =
      Dashboard.FOLDER.resolve("provisioning").resolve("prometheus.yml");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;
  private final Instant started = Instant.now();

  private Prometheus(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Skips the test on a machine without Prometheus. */
  static void requireInstalled() {
    assumeTrue(
        Stream.of("prometheus", "promtool").allMatch(Prometheus::onPath),
        "no prometheus and promtool here: apt-get install prometheus");
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /**
   * Starts it in {@code folder}.
   *
   * @param targets by the address in the configuration, the one to scrape instead
   * @param token a file with what opens the suite's metrics
   */
  static Prometheus start(Path folder, Map<String, String> targets, Path token) throws IOException {
    String configuration =
        Files.readString(CONFIGURATION)
            .replaceAll("(scrape|evaluation)_interval: \\w+", "$1_interval: 1s");
    for (Map.Entry<String, String> target : targets.entrySet()) {
      String replaced =
          configuration.replaceAll(
              "\"" + Pattern.quote(target.getKey()) + "\"", "\"" + target.getValue() + "\"");
      if (replaced.equals(configuration)) {
        throw new IllegalStateException("no target " + target.getKey());
      }
      configuration = replaced;
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("prometheus.yml"), configuration);
    Files.copy(token, folder.resolve("metrics-token"));
    Files.copy(Alerts.RULES, folder.resolve(Alerts.RULES.getFileName()));
    int port = freePort();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    Prometheus prometheus = new Prometheus(process, URI.create("http://127.0.0.1:" + port));
    await("Prometheus").atMost(Duration.ofSeconds(20)).until(prometheus::isReady);
    return prometheus;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(address.resolve("/-/ready")).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** What {@code expression} gives now, or gave since the start, every second. */
  JsonNode ask(String expression, boolean instant) throws IOException, InterruptedException {
    String query = "query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
    String range = "&start=%s&end=%s&step=1".formatted(started, Instant.now());
    return get(instant ? "/api/v1/query?" + query : "/api/v1/query_range?" + query + range)
        .at("/data/result");
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
    String body = http.send(request, BodyHandlers.ofString()).body();
    JsonNode answer = Json.parse(body);
    if (!answer.path("status").asText().equals("success")) {
      throw new IllegalStateException(path + ": " + body);
    }
    return answer;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
