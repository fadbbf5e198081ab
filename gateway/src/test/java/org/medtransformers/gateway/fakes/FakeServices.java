package org.medtransformers.gateway.fakes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.localstack.testing.LocalStackTestResource;
import org.medtransformers.tokens.InvalidTokenException;
import org.medtransformers.tokens.PeerKey;
import org.medtransformers.tokens.PeerToken;
import org.medtransformers.tokens.PeerTokens;

/**
 * Answers over HTTP in place of data-service and eval-service, as a test tells it to; as they do,
 * nobody but the gateway, in somebody's name.
 */
public final class FakeServices implements AutoCloseable {
  /**
   * What came.
   *
   * @param target path and query
   */
  public record Request(String method, String target, String body) {}

  /** What is given for it. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two.
  public record Answer(int status, String type, byte[] body) {
    /** As all services answer. */
    public static Answer json(int status, String body) {
      return new Answer(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final Answer NOT_SIGNED_IN =
      Answer.json(401, "{\"code\": \"NOT_SIGNED_IN\", \"detail\": \"no token of the gateway\"}");

  private static final List<PeerTokens> SERVICES =
      Stream.of(ServiceName.DATA, ServiceName.EVAL)
          .map(
              self ->
                  new PeerTokens(
                      PeerKey.of(LocalStackTestResource.SERVICE_KEY), self, Clock.systemUTC()))
          .toList();

  private static final Answer NOTHING =
      Answer.json(404, "{\"code\": \"NOT_FOUND\", \"detail\": \"nothing here\"}");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Function<String, Answer> others = path -> NOTHING;

  public FakeServices() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Whoever asks for {@code target}, a path with its query, is given this. */
  public void answer(String target, int status, String type, byte[] body) {
    answers.put(target, new Answer(status, type, body));
  }

  public void json(String target, String body) {
    answers.put(target, Answer.json(200, body));
  }

  /** Whoever asks for anything is given this by the path, whatever was told before. */
  public void answerAll(Function<String, Answer> byPath) {
    answers.clear();
    others = byPath;
  }

  /** There is nothing, again, but what is told afterwards. */
  public void forget() {
    answerAll(path -> NOTHING);
  }

  /** Those that came for {@code target}. */
  public List<Request> requests(String target) {
    return requests.stream().filter(request -> request.target().equals(target)).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    byte[] body = exchange.getRequestBody().readAllBytes();
    requests.add(
        new Request(
            exchange.getRequestMethod(), target, new String(body, StandardCharsets.ISO_8859_1)));
    Answer answer = answers.get(target);
    if (!isOfTheGateway(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer = NOT_SIGNED_IN;
    } else if (answer == null) {
      answer = others.apply(exchange.getRequestURI().getPath());
    }
    exchange.getResponseHeaders().add("Content-Type", answer.type);
    exchange.getResponseHeaders().add("Content-Disposition", "attachment; filename=\"m.pt\"");
    exchange.sendResponseHeaders(answer.status, answer.body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer.body);
    }
  }

  private static boolean isOfTheGateway(String shown) {
    return shown != null && SERVICES.stream().anyMatch(service -> isOfTheGateway(service, shown));
  }

  private static boolean isOfTheGateway(PeerTokens service, String shown) {
    try {
      PeerToken token = service.verified(shown.replaceFirst("^Bearer ", ""));
      return token.issuer() == ServiceName.GATEWAY && token.about().person().isPresent();
    } catch (InvalidTokenException e) {
      return false;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
