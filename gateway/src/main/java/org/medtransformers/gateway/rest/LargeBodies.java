package org.medtransformers.gateway.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.service.problem.Problem;

/**
 * Lets a few large bodies in at a time. As a tree a body may take thirty times its size in memory,
 * from when it is read until its answer has been sent, so their number counts and not only the size
 * of each. One that does not say its size may be large.
 */
@Singleton
final class LargeBodies {
  private static final int AFTER_THE_SIZE = 999;
  private static final int PARTS = 8;

  /** Else a few clients that send nothing would keep all others out. */
  private static final Duration TO_SEND = Duration.ofSeconds(30);

  private final Instance<GatewayConfig> config;
  private final AtomicInteger inside = new AtomicInteger();

  /**
   * @param config asked for at run time only: filters are made before it is known
   */
  LargeBodies(Instance<GatewayConfig> config) {
    this.config = config;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, AFTER_THE_SIZE);
  }

  private void check(RoutingContext request) {
    if (!large(request.request())) {
      request.next();
    } else if (inside.incrementAndGet() > config.get().submission().maxLargeBodies()) {
      inside.decrementAndGet();
      refuse(request);
    } else {
      request.addEndHandler(sent -> inside.decrementAndGet());
      hangUpLater(request);
      request.next();
    }
  }

  private boolean large(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
      return false;
    }
    String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return announced == null
        ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        : Long.parseLong(announced) > config.get().maxBodySize().asLongValue() / PARTS;
  }

  private static void hangUpLater(RoutingContext request) {
    request
        .vertx()
        .setTimer(
            TO_SEND.toMillis(),
            late -> {
              if (!request.request().isEnded()) {
                request.request().connection().close();
              }
            });
  }

  private void refuse(RoutingContext request) {
    Problem.of(
            ErrorCode.UNAVAILABLE,
            "%d large bodies are just being read, allowed are no more; try again"
                .formatted(config.get().submission().maxLargeBodies()))
        .answer(request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
  }
}
