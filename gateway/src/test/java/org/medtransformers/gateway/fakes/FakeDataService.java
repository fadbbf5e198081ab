package org.medtransformers.gateway.fakes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;

/**
 * Stands in for the data-service: it knows {@link FakeTraining#DATASET}, and a picture of an image
 * is a text that names split and number in the index, which is 100 more than the place in the
 * split.
 */
public final class FakeDataService implements AutoCloseable {
  private static final Pattern IMAGE = Pattern.compile("split=(\\w+)&page=(\\d+)&size=1");
  private static final Pattern PREVIEW = Pattern.compile("image=(\\d+)&n=1");

  private final HttpServer server;

  /** Listens on a free port. */
  public FakeDataService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String dataset = FakeTraining.DATASET.id();
    server.createContext("/", exchange -> answer(exchange, 404, problem()));
    server.createContext("/api/v1/datasets/" + dataset + "/images", FakeDataService::images);
    server.createContext("/api/v1/loaders", FakeDataService::loaders);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void images(HttpExchange exchange) throws IOException {
    Matcher query = IMAGE.matcher(exchange.getRequestURI().getQuery());
    int row = query.matches() ? Integer.parseInt(query.group(2)) : Integer.MAX_VALUE;
    List<DatasetImage> found =
        row < FakeTraining.DATASET.sizes().test()
            ? List.of(new DatasetImage(100 + row, "image-" + row, "", Map.of()))
            : List.of();
    answer(exchange, 200, Json.write(found));
  }

  /** The id of a loader is its split. */
  private static void loaders(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      LoaderSpec spec =
          Json.read(new String(exchange.getRequestBody().readAllBytes(), UTF_8), LoaderSpec.class);
      LoaderInfo info = new LoaderInfo(spec.split().label(), spec, 15, 1, List.of());
      answer(exchange, 201, Json.write(info));
      return;
    }
    Matcher query = PREVIEW.matcher(exchange.getRequestURI().getQuery());
    String loader = exchange.getRequestURI().getPath().split("/")[4];
    answer(exchange, 200, "%s %s".formatted(loader, query.matches() ? query.group(1) : "?"));
  }

  private static String problem() {
    return Json.write(Map.of("status", 404, "code", "NOT_FOUND", "detail", "there is no such set"));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
