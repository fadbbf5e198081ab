package org.medtransformers.cli.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.Json;

/** Answers as the gateway does, from a script: the last answer of a path is repeated. */
public final class FakeGateway implements AutoCloseable {

  /**
   * @param method of HTTP
   * @param key value of {@code Idempotency-Key}
   * @param authorization null without
   */
  public record Request(
      String method, String path, String key, String authorization, String body) {}

  private record Answer(int status, String body) {}

  /** Hangs up without an answer. */
  private static final Answer HANG_UP = new Answer(0, "");

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  public FakeGateway() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort()).toString();
  }

  /** The next answer to {@code request}, e.g. {@code GET /api/v1/experiments/e1}. */
  public FakeGateway on(String request, int status, Object body) {
    return onText(request, status, Json.write(body));
  }

  /** The same with an answer that is no JSON. */
  public synchronized FakeGateway onText(String request, int status, String body) {
    answers.computeIfAbsent(request, r -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  public synchronized FakeGateway hangUpOn(String request) {
    answers.computeIfAbsent(request, r -> new ArrayDeque<>()).add(HANG_UP);
    return this;
  }

  public List<Request> requests(String method, String path) {
    synchronized (requests) {
      return requests.stream()
          .filter(r -> r.method().equals(method) && r.path().equals(path))
          .toList();
    }
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              path,
              exchange.getRequestHeaders().getFirst("Idempotency-Key"),
              exchange.getRequestHeaders().getFirst("Authorization"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      Answer answer = next(exchange.getRequestMethod() + " " + path);
      if (answer.status() == 0) {
        return;
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized Answer next(String request) {
    Deque<Answer> queue = answers.get(request);
    if (queue == null) {
      return new Answer(404, "{\"title\":\"no script for " + request + "\"}");
    }
    return queue.size() > 1 ? queue.remove() : queue.element();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
