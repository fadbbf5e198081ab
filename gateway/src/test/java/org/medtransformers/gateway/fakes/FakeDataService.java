package org.medtransformers.gateway.fakes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells of the data set of {@link FakeTraining} what a data-service would. */
public final class FakeDataService implements QuarkusTestResourceLifecycleManager {
  /** One transparent pixel. */
  public static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private static volatile boolean away;

  private HttpServer server;

  /** Whether it answers every question with an error. */
  public static void away(boolean now) {
    away = now;
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", FakeDataService::answer);
    server.start();
    return Map.of("medtrans.data-service.url", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void stop() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (away) {
        exchange.sendResponseHeaders(503, -1);
      } else if (path.endsWith("/preview")) {
        send(exchange, PNG);
      } else if (path.endsWith("/loaders")) {
        send(exchange, "{\"id\": \"l1\", \"images\": 50, \"batches\": 50}");
      } else if (path.endsWith("/images")) {
        send(
            exchange,
            IntStream.range(0, 50)
                .mapToObj("{\"index\": %1$d, \"id\": \"image%1$d\", \"group\": \"\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]")));
      } else {
        send(
            exchange,
            """
            {"available": true,
             "classCounts": {"train": [30, 10, 10, 10, 10], "val": [3, 3, 3, 3, 3], "test": [3, 3, 3, 3, 3]},
             "statistics": {"duplicates": {"files": 2, "images": 4, "acrossParts": 1, "differingLabels": 0}}}
            """);
      }
    }
  }

  private static void send(HttpExchange exchange, String json) throws IOException {
    send(exchange, json.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }
}
