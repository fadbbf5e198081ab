package org.medtransformers.gateway.fakes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.gateway.GatewayTestStack;

/** Looks at data as the data-service does, but at none. */
public final class FakeDataService implements QuarkusTestResourceLifecycleManager {
  private static final DataLook LOOK =
      new DataLook(
          "APTOS2019",
          DatasetName.APTOS2019,
          GatewayTestStack.DATA.toString(),
          null,
          "APTOS2019 has the label files of APTOS2019",
          List.of("No DR", "Mild", "Moderate", "Severe", "Proliferative DR"),
          Task.MULTI_CLASS,
          TargetMetric.COHEN_KAPPA,
          3,
          false,
          new SplitSizes(700, 150, 150),
          List.of(200, 200, 200, 200, 200),
          140,
          30,
          900,
          0,
          64,
          0.001,
          0,
          List.of(),
          List.of(),
          List.of("a notice of the data"));

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/api/v1/looks", this::look);
    server.start();
    return Map.of("medtrans.data-service.url", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Is not through at the first request. */
  private void look(HttpExchange exchange) throws IOException {
    boolean through = asked.getAndIncrement() > 0;
    String body =
        through
            ? Json.write(LOOK)
            : "{\"code\": \"UNAVAILABLE\", \"detail\": \"7 of 1000 images were looked at\"}";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(through ? 200 : 503, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
