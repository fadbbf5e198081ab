package org.medtransformers.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

@Timeout(60)
class GatewayClientTest {
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> trace = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private GatewayClient client(Duration answer) {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new GatewayClient(() -> address, () -> Optional.of("secret"), trace::add, answer);
  }

  @Test
  void aBodyThatStallsIsAnErrorInTime() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("{\"half\"".getBytes(UTF_8));
          exchange.getResponseBody().flush();
          awaitEnd();
        });
    MedtransException e =
        assertThrows(MedtransException.class, () -> client(Duration.ofMillis(300)).experiment("1"));
    assertEquals(ErrorCode.UNAVAILABLE, e.code());
    assertTrue(e.getMessage().contains("no answer within PT0.3S"), e.getMessage());
    assertEquals(1, trace.size());
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aComparisonThatIsBeingWorkedOutIsAskedForAgain() {
    AtomicInteger asked = new AtomicInteger();
    server.createContext(
        "/",
        exchange -> {
          boolean ready = asked.incrementAndGet() == 3;
          byte[] answer = (ready ? "the table" : "{\"code\": \"UNAVAILABLE\"}").getBytes(UTF_8);
          exchange.getResponseHeaders().add("Retry-After", "0");
          exchange.sendResponseHeaders(ready ? 200 : 503, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    assertEquals("the table", client(Duration.ofSeconds(30)).comparison(List.of("1"), "text"));
    assertEquals(3, asked.get());
  }

  @Test
  void aRefusalKeepsItsCodeAndText() {
    server.createContext(
        "/",
        exchange -> {
          byte[] problem =
              "{\"code\": \"CONFLICT\", \"detail\": \"experiment 1 has ended\"}".getBytes(UTF_8);
          exchange.sendResponseHeaders(409, problem.length);
          exchange.getResponseBody().write(problem);
          exchange.close();
        });
    MedtransException e =
        assertThrows(MedtransException.class, () -> client(Duration.ofSeconds(30)).cancel("1"));
    assertEquals(ErrorCode.CONFLICT, e.code());
    assertEquals("experiment 1 has ended", e.getMessage());
  }
}
